#!/usr/bin/env bash
# The hub as docs/operating.md installs it: under Debian's systemd with the unit of docs/, then with Debian's PostgreSQL.
# By hand, as root, after ./dev build and ./dev test: sudo tests/operation/as_installed.sh
# All of it happens in namespaces of its own, on layers over /etc, /var, /srv and /usr/local: nothing of it stays.
set -euo pipefail
cd "$(dirname "$0")/../.."
repo=$PWD

if [ "${1:-}" != inside ]; then
  [ "$(id -u)" = 0 ] || { echo "as root: sudo $0"; exit 1; }
  folder=$(mktemp -d)
  unshare --fork --pid --mount --cgroup --uts --ipc --net --mount-proc --kill-child "$0" inside "$folder" >"$folder/log" 2>&1 &
  keeper=$!
  disown
  trap 'kill -KILL $keeper 2>/dev/null || true; rm -rf "$folder"' EXIT
  until [ -e "$folder/ready" ]; do kill -0 $keeper 2>/dev/null || { cat "$folder/log"; exit 1; }; sleep 0.2; done
  until init=$(pgrep -f "systemd --system --unit=installed.target" -o); do sleep 0.2; done
  within() { nsenter -t "$init" -m -p -n -C -u -i --wd="$repo" -- "$@"; }
  own() { within setpriv --reuid wanderamt --regid wanderamt --clear-groups "$@"; }
  systemctl() { within env SYSTEMD_UNIT_PATH=/run/units systemctl --no-pager --quiet "$@"; }
  must() { local what=$1; shift; if "$@" >"$folder/said" 2>&1; then echo "✓ installed: $what"; else cat "$folder/said" "$folder/log"; echo "✗ $what"; exit 1; fi; }
  answers() { for _ in $(seq 50); do within curl -sf http://127.0.0.1:8501/api/health && return; sleep 0.1; done; return 1; }
  pid() { systemctl show -p MainPID --value wanderamt-hub; }
  admin() { own /usr/local/bin/wanderamt admin --config /etc/wanderamt/hub.toml "$@"; }

  must "the unit starts the hub" answers
  must "the pages are the new ones, and only they" within diff -r build/web/desk /usr/local/share/wanderamt
  must "it serves them" within bash -c "cmp <(curl -sf http://127.0.0.1:8501/) build/web/desk/index.html"
  must "it has no rights, and no way to get them" within bash -c "grep -q 'CapEff:.0000000000000000' /proc/$(pid)/status && grep -q 'NoNewPrivs:.1' /proc/$(pid)/status && grep -q 'Seccomp:.2' /proc/$(pid)/status"
  before=$(pid)
  within kill -KILL "$before"
  sleep 3
  must "killed, it is there again after two seconds" answers
  must "as another process" test "$(pid)" != "$before"
  must "it stops" systemctl stop wanderamt-hub
  within rm -rf /var/lib/wanderamt
  must "Testland" within bash -c "cd /tmp && /usr/local/bin/wanderamt admin --config /etc/wanderamt/hub.toml testland --residents 200 && chown -R wanderamt: /var/lib/wanderamt"
  must "it starts" systemctl start wanderamt-hub
  must "it answers" answers
  must "a case with its scan, signature and letter" within node --input-type=module -e "
    import { Desk, people } from '$repo/tests/e2e/demo.mjs';
    import { signedCase } from '$repo/tests/operation/openapi_calls.mjs';
    const desk = new Desk('http://127.0.0.1:8501');
    await desk.password(people.jutta);
    const { pdf } = await desk.letter('declaration', (await signedCase(desk, 'Wie eingerichtet')).case_id);
    if (!pdf.toString('latin1').startsWith('%PDF')) throw new Error('no letter');"
  must "a backup beside it" admin backup 99001001 /var/lib/wanderamt/99001001.backup
  must "it stops again" systemctl stop wanderamt-hub

  must "a cluster with checksums of its pages" within pg_createcluster 15 wanderamt --port 5999 -- --data-checksums
  within bash -c "printf 'local all postgres peer\nlocal all all scram-sha-256\n' >/etc/postgresql/15/wanderamt/pg_hba.conf; echo 'log_error_verbosity = terse' >>/etc/postgresql/15/wanderamt/postgresql.conf"
  must "it starts" within pg_ctlcluster --skip-systemctl-redirect 15 wanderamt start
  must "the role" within su postgres -c "psql -p 5999 -c \"CREATE ROLE wanderamt_admin LOGIN CREATEDB CREATEROLE PASSWORD 'probe'\""
  within bash -c "echo '*:*:*:wanderamt_admin:probe' >/etc/wanderamt/pgpass; chown wanderamt /etc/wanderamt/pgpass; chmod 600 /etc/wanderamt/pgpass
    sed -i -E 's|^#? ?postgres_server = .*|postgres_server = \"host=/run/postgresql port=5999\"|; s|^#? ?postgres_administrator = .*|postgres_administrator = \"host=/run/postgresql port=5999 dbname=postgres user=wanderamt_admin passfile=/etc/wanderamt/pgpass\"|' /etc/wanderamt/hub.toml"
  must "a tenant moves there" admin tenant move --tenant 99001001 --to postgres
  must "the hub starts with it" systemctl start wanderamt-hub
  must "it answers" answers
  must "its rows and journal are whole" admin verify
  must "checksums can be put in later" within bash -c "pg_ctlcluster --skip-systemctl-redirect 15 wanderamt stop -m fast && su postgres -c '/usr/lib/postgresql/15/bin/pg_checksums --disable -D /var/lib/postgresql/15/wanderamt && /usr/lib/postgresql/15/bin/pg_checksums --enable -D /var/lib/postgresql/15/wanderamt'"
  exit 0
fi

folder=$2
mount --make-rprivate /
mkdir "$folder/layers" && mount -t tmpfs tmpfs "$folder/layers"
for under in etc var srv usr/local; do
  mkdir -p "$folder/layers/$under/"{upper,work}
  mount -t overlay overlay -o "lowerdir=/$under,upperdir=$folder/layers/$under/upper,workdir=$folder/layers/$under/work" "/$under"
done
useradd --system --home /var/lib/wanderamt --shell /usr/sbin/nologin wanderamt
install -d -o wanderamt /srv/wanderamt-copy /etc/wanderamt
# Install, and an upgrade over pages of an older program: the lines of docs/operating.md as they stand there.
lines=$(grep -E '^(install build|rm -rf|cp -r build)' docs/operating.md)
[ "$(wc -l <<<"$lines")" = 3 ] || { echo "docs/operating.md does not say in three lines how program and pages get there"; exit 1; }
install -d /usr/local/share/wanderamt && echo old >/usr/local/share/wanderamt/old.html
for _ in install upgrade; do eval "$lines"; done
/usr/local/bin/wanderamt admin config hub |
  sed 's|^data_dir = .*|data_dir = "/var/lib/wanderamt"|; s|^copy_dir = .*|copy_dir = "/srv/wanderamt-copy"|; s|^web_dir = .*|web_dir = "/usr/local/share/wanderamt"|' >/etc/wanderamt/hub.toml
mount -t tmpfs tmpfs /run
install -d /run/lock /run/units
cp docs/wanderamt-hub.service /run/units/
# Of systemd's own units none: only what ours names.
for target in sysinit basic shutdown network-online; do printf '[Unit]\nDefaultDependencies=no\n' >"/run/units/$target.target"; done
printf '[Unit]\nDefaultDependencies=no\nRequires=wanderamt-hub.service\n' >/run/units/installed.target
ip link set lo up
touch "$folder/ready"
exec env container=other SYSTEMD_UNIT_PATH=/run/units /lib/systemd/systemd --system --unit=installed.target --log-target=console
