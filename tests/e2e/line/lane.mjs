// One emulated line with everything at its ends: our hub and Koffer, and places for the peers' programs.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Demo, Desk, isoDay, people, root, sleep, until } from '../demo.mjs';
import { checkOut, lineOf } from '../bench.mjs';
import { registrationForm } from '../material.mjs';
import { fast } from './lines.mjs';

const peersFolder = join(root, 'tests/e2e/peers');

export class Lane {
  poll = 50;
  /** `wide`: the Koffer has the second route of docs/operating.md. */
  constructor({ wide = false } = {}) { this.wide = wide; }
  async start() {
    this.demo = new Demo({ residents: 2000 });
    await this.demo.start();
    this.hub = new Desk(this.demo.hubUrl);
    await this.hub.password(people.jutta);
    const person = (await this.hub.query('person.search', { name: 'Mü', given_names: 'a' })).hits.find((one) => !one.blocked);
    Object.assign(this, await checkOut(this.demo, this.hub, [person]));
    this.appointment = (await this.koffer.query('tour.get', { tour_id: this.tour })).appointments[0].id;
    this.first = 10;
    const { profiles, processes } = await this.demo.control('state');
    this.profiles = profiles;
    this.pids = Object.fromEntries(processes.map((one) => [one.name, one.pid]));
    return this;
  }
  async stop() {
    await this.demo.stop();
    this.demo.remove();
  }
  profile(name, faster = 1) {
    const profile = this.profiles.find((one) => one.name === name);
    return { ...profile, rate_up_bit_per_s: profile.rate_up_bit_per_s * faster };
  }
  async wire() {
    const { line } = await this.demo.control('state');
    return { up: line.up.bytes_offered, down: line.down.bytes_offered };
  }
  async begin(profile, faster) {
    this.poll = fast.has(profile) ? 10 : 50;  // milliseconds
    const before = await this.wire();
    if (this.wide) this.wideRoute();
    await this.demo.line({ profile, faster });
    await this.demo.line({ connected: true });
    return { before, at: performance.now() };
  }
  /** The words before a program's that let it run at one end of the line. */
  inside(end) {
    const pid = this.pids[end];
    const foreign = readlinkSync(`/proc/${pid}/ns/user`) !== readlinkSync('/proc/self/ns/user');
    return ['-t', String(pid), ...(foreign ? ['-U', '--preserve-credentials'] : []), '-n', '--'];
  }
  /** For connections that ask for a wide first window; a new address of the Koffer takes it away. */
  wideRoute() {
    execFileSync('nsenter', [...this.inside('node'), 'ip', 'route', 'replace', '10.77.0.0/24', 'dev', 'line0', 'tos', '0x10', 'initcwnd', '40']);
  }
  /** Polls; ends at once when the hub or the Koffer has. */
  async awaited(what, seconds, ask) {
    let gone = null;
    await until(what, async () => {
      const dead = (await this.demo.control('state')).processes.find((one) => ['hub', 'node'].includes(one.name) && !one.running);
      gone = dead ? `${dead.name} has ended: ${dead.last_end}` : null;
      return gone || (await ask());
    }, seconds, this.poll);
    if (gone) throw new Error(gone);
  }
  empty(seconds) {
    return this.awaited('the queue to be empty', seconds, async () => {
      const { connected, queue } = await lineOf(this.koffer);
      return connected && queue && queue.commands === 0 && queue.chunks === 0;
    });
  }
  /** Room for numbers of scans that no other case has. */
  nextFirst(cases) {
    this.first += cases * 10;
    return this.first - cases * 10;
  }

  /** Takes work while there is no line, then measures its way to the hub. `take` answers with what was taken,
   *  `arrived` says when all of it is at the hub, `texts` names a case whose text is awaited. */
  async ours(line, faster, take, seconds) {
    // While the peers had their turns, both desks have locked themselves.
    await this.hub.password(people.jutta);
    await this.koffer.pin(people.deniz);
    await this.demo.line({ profile: 'gut' });
    await this.demo.line({ connected: true });
    await this.empty(60);
    await this.demo.line({ connected: false });
    await until('the cut to be noticed', async () => !(await lineOf(this.koffer)).connected, 30);
    const taken = await take();
    const queued = (await lineOf(this.koffer)).queue;
    const sent = (await lineOf(this.koffer)).sent;
    const began = await this.begin(line, faster);
    const since = () => (performance.now() - began.at) / 1000;
    let text = null;
    if (taken.ids) {
      const last = taken.ids.at(-1);
      await this.awaited('the text at the hub', seconds, async () => (await this.hub.query('case.list', { tour_id: this.tour })).cases.some((one) => one.id === last && one.status === 'prechecked_offline'));
      text = since();
    }
    if (taken.documents) await this.awaited('everything at the hub', seconds, () => this.isThere(taken));
    else await this.empty(seconds);
    const all = since();
    const wire = await this.wire();
    await sleep(300);  // the state is renewed ten times a second
    const after = (await lineOf(this.koffer)).sent;
    return { taken, queued, text, seconds: all, up: wire.up - began.before.up, down: wire.down - began.before.down,
      payload: after.bytes - sent.bytes, again: after.bytes_again - sent.bytes_again, connections: after.connections - sent.connections };
  }
  /** Whether the hub holds all documents of these cases, proved by their hashes. The last first: one look is enough
   *  until it is there. */
  async isThere({ ids, documents }) {
    let found = 0;
    for (const id of ids.toReversed()) {
      const { documents: here } = await this.hub.query('case.get', { case_id: id });
      if (here.length === 0 || !here.every((one) => one.verified)) return false;
      found += here.length;
    }
    return found >= documents.length;
  }

  /** One field of a case that is at the hub already: what goes over the line, all protocols together. */
  async changedField(line) {
    await this.demo.line({ profile: line });
    await this.demo.line({ connected: true });
    const { case_id: id } = await this.koffer.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: this.tour });
    await this.koffer.command('case.submit', { case_id: id, form: registrationForm({ movedIn: isoDay(16) }) });
    await this.empty(60);
    await sleep(2000);
    const before = await this.wire(), sent = (await lineOf(this.koffer)).sent.bytes;
    await this.koffer.command('case.submit', { case_id: id, form: registrationForm({ movedIn: isoDay(16), houseNo: 5 }) });
    await this.empty(60);
    const after = await this.wire();
    await sleep(300);  // the state is renewed ten times a second
    return { up: after.up - before.up, payload: (await lineOf(this.koffer)).sent.bytes - sent };
  }

  /** A program at one end of the line. */
  at(end, script, args) {
    const child = spawn('nsenter', [...this.inside(end), process.execPath, join(peersFolder, script), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const lines = createInterface({ input: child.stdout });
    const heard = new Set(), waiting = new Map();
    lines.on('line', (text) => { heard.add(text); waiting.get(text)?.(); });
    let errors = '';
    child.stderr.on('data', (text) => { errors = (errors + text).slice(-2000); });
    const ended = new Promise((done) => child.on('exit', done));
    return {
      child, errors: () => errors,
      /** False when it is not heard within the time or the program ends. */
      says: (word, seconds) => heard.has(word) ? Promise.resolve(true) : Promise.race([new Promise((done) => waiting.set(word, () => done(true))), ended.then(() => heard.has(word)), sleep(seconds * 1000).then(() => false)]),
      async end() { child.kill('SIGTERM'); if ((await Promise.race([ended, sleep(2000).then(() => 'late')])) === 'late') child.kill('SIGKILL'); },
    };
  }

  /** The same material by another's means; gives up after `seconds`. Our Koffer stands still meanwhile. */
  async peer(name, line, material, seconds) {
    const scratch = join(this.demo.data, 'peer');
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
    await this.demo.line({ profile: 'gut' });
    await this.demo.line({ connected: true });
    process.kill(this.pids.node, 'SIGSTOP');
    const server = this.at('hub', 'server.mjs', [name, join(scratch, 'server')]);
    const client = this.at('node', 'client.mjs', [name, material, join(scratch, 'client')]);
    try {
      if (!(await server.says('ready', 60)) || !(await client.says('ready', 60))) throw new Error(`${name} did not start: ${server.errors()} ${client.errors()}`);
      await this.demo.line({ connected: false });
      await sleep(300);
      const began = await this.begin(line);
      client.child.stdin.write('go\n');
      const arrived = await client.says('done', seconds);
      const took = (performance.now() - began.at) / 1000;
      const wire = await this.wire();
      return { seconds: arrived ? took : null, up: wire.up - began.before.up, down: wire.down - began.before.down };
    } finally {
      await client.end();
      await server.end();
      process.kill(this.pids.node, 'SIGCONT');
    }
  }
}
