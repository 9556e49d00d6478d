// A PostgreSQL server for tests, set up as docs/operating.md says.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A server in a folder of its own, reached through a socket; the administrator of the hub is no superuser. */
export class Server {
  constructor() {
    this.folder = mkdtempSync('/tmp/wa-pg-');
    this.bin = '/usr/lib/postgresql/15/bin';
    this.user = process.getuid() === 0 ? 'postgres' : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
    if (process.getuid() === 0) execFileSync('chown', ['postgres:', this.folder]);
    this.run('initdb', '-D', `${this.folder}/data`, '-A', 'peer', '-E', 'UTF8', '--locale=C', '--data-checksums', '--no-sync');
    this.run('sh', '-c', `printf 'local all ${this.user} peer\\nlocal all all scram-sha-256\\n' > ${this.folder}/data/pg_hba.conf`);
    this.start();
    this.sql(`CREATE ROLE wanderamt_admin LOGIN CREATEDB CREATEROLE PASSWORD 'geheim'`);
  }
  command(name, args) {
    const path = existsSync(join(this.bin, name)) ? join(this.bin, name) : name;
    return process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, args];
  }
  run(name, ...args) { return this.runOn('', name, ...args); }
  runOn(input, name, ...args) {
    const [program, words] = this.command(name, args);
    return execFileSync(program, words, { encoding: 'utf8', cwd: '/', stdio: 'pipe', input });
  }
  start() {
    this.run('pg_ctl', '-D', `${this.folder}/data`, '-w', '-l', `${this.folder}/log`, '-o', `-k ${this.folder} -c listen_addresses= -c log_error_verbosity=terse -c fsync=off`, 'start');
  }
  stop(mode = 'fast') { this.run('pg_ctl', '-D', `${this.folder}/data`, '-w', '-m', mode, 'stop'); }
  sql(text, database = 'postgres') { return this.run('psql', '-h', this.folder, '-d', database, '-At', '-v', 'ON_ERROR_STOP=1', '-c', text).trim(); }
  /** What pg_dump has written, or any other script. */
  load(script) { this.runOn(script, 'psql', '-h', this.folder, '-d', 'postgres', '-q', '-v', 'ON_ERROR_STOP=1', '-f', '-'); }
  databases() { return this.sql("SELECT datname FROM pg_database WHERE datname LIKE 'wa\\_%' ORDER BY 1").split('\n').filter(Boolean); }
  remove() {
    try { this.stop('immediate'); } catch { /* it was down */ }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
