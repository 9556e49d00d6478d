// A hub (and Koffer) as an administrator runs them: real processes, own folders, no emulated line.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import net from 'node:net';
import { Desk, freePort, isFree, people, program, root, until, sleep } from '../e2e/demo.mjs';

/** The environment of a program whose clock is ahead, or behind. */
export const clockAhead = (ms) => ({ WANDERAMT_CLOCK_OFFSET_MS: String(Math.round(ms)) });

export const must = (condition, text) => { if (!condition) throw new Error(text); };

/** What ran and did what it should goes into the file WA_TRIED: commands.mjs compares it with docs/operating.md. */
const tried = (args) => process.env.WA_TRIED && appendFileSync(process.env.WA_TRIED, `${JSON.stringify(args)}\n`);

/** A free port whose next one is free, too: libtss2 looks for the control of a swtpm there. */
async function freePair() {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}

/** Whether somebody takes connections there. */
const listens = (port) => new Promise((done) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); done(true); });
  socket.on('error', () => done(false));
});

/** Somebody between a Koffer and the hub: notes each piece that passes, and may let nothing pass any more. */
export class Observer {
  constructor(to) {
    Object.assign(this, { seen: [], sockets: new Set(), cut: false });
    this.server = net.createServer((koffer) => {
      if (this.cut) return koffer.destroy();
      const hub = net.connect(to, '127.0.0.1');
      for (const [from, into, way] of [[koffer, hub, 'up'], [hub, koffer, 'down']]) {
        this.sockets.add(from);
        from.on('data', (bytes) => { this.seen.push({ at: Date.now(), way, bytes }); into.write(bytes); });
        from.on('error', () => {}).on('close', () => { this.sockets.delete(from); into.destroy(); });
      }
    });
  }
  async listen(port) {
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.server.unref();
    return this;
  }
  /** How many bytes have passed since then. */
  amount(way, since = 0) { return this.seen.filter((one) => one.way === way && one.at >= since).reduce((sum, one) => sum + one.bytes.length, 0); }
  holds(words) { return Buffer.concat(this.seen.map((one) => one.bytes)).includes(words); }
  stop() { this.cut = true; for (const one of this.sockets) one.destroy(); }
  go() { this.cut = false; }
}

/** Runs the program once; its text. Fails with that text when the exit code is another than expected. */
export function run(args, { code = 0, env = {}, cwd = root, input } = {}) {
  let text, status = 0;
  try {
    text = execFileSync(program, args, { encoding: 'utf8', cwd, env: { ...process.env, ...env }, input, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  } catch (error) {
    status = error.status;
    text = `${error.stdout}${error.stderr}`;
  }
  must(status === code, `wanderamt ${args.join(' ')}: exit ${status}\n${text}`);
  if (status === 0) tried(args);
  return text;
}

/** The same beside whatever else is going on. */
export async function runBeside(args) {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => { text += more; });
  const status = await new Promise((done) => child.on('close', done));
  must(status === 0, `wanderamt ${args.join(' ')}: exit ${status}\n${text}`);
  tried(args);
  return text;
}

/** A folder that is gone at the end, with the processes started in it. */
export class Place {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'wanderamt-operation-'));
    this.children = {};
  }
  path(name) { return join(this.folder, name); }

  async configure() {
    const [desk, sync, enrol] = [await freePort(), await freePort(), await freePort()];
    this.hubUrl = `http://127.0.0.1:${desk}`;
    this.syncPort = sync;
    this.config = this.path('hub.toml');
    writeFileSync(this.config, `data_dir = "${this.path('hub')}"\ncopy_dir = "${this.path('copy')}"\nweb_dir = "${join(root, 'build/web/desk')}"\nlog_level = "info"\n` +
      `[desk]\nport = ${desk}\n[sync]\nport = ${sync}\nenrol_port = ${enrol}\n`);
  }
  admin(args, options) { return run(['admin', '--config', this.config, ...args], options); }

  /** `small`: megabytes of a disk of its own for the folder of that name (a tmpfs in a namespace; no rights are needed). */
  async start(name, args, url, env = {}, small = 0) {
    const folder = this.path(name);
    const mount = `cp -a "${folder}" "${folder}.before" && mount -t tmpfs -o size=${small}m none "${folder}" && cp -a "${folder}.before/." "${folder}/" && exec "$0" "$@"`;
    const [command, ...given] = small > 0 ? ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, program, ...args] : [program, ...args];
    const child = spawn(command, given, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    child.log = '';
    child.stderr.on('data', (text) => { child.log += text; });
    child.ended = new Promise((done) => child.on('exit', (code) => { child.exit = code ?? 'killed'; done(code); }));
    this.children[name] = child;
    await until(`${name} ready`, async () => {
      if (child.exit !== undefined) throw new Error(`${name} ended with ${child.exit}: ${child.log}`);
      return (await fetch(`${url}/api/health`)).ok;
    }, 60);
    tried(args);
  }
  /** Path of a file as a program started with a small disk sees it. */
  inside(name, file) { return join(`/proc/${this.children[name].pid}/root`, this.path(name), file); }
  /** A desk at the hub, with somebody signed in. */
  async hubDesk(person = people.jutta) {
    const desk = new Desk(this.hubUrl);
    await desk.password(person);
    return desk;
  }
  startHub(env) { return this.start('hub', ['hub', '--config', this.config], this.hubUrl, env); }

  /** Configures a Koffer; `enrol` is {file, code}. Its URL. */
  async configureKoffer(name) {
    const port = await freePort();
    writeFileSync(this.path(`${name}.toml`), `data_dir = "${this.path(name)}"\nweb_dir = "${join(root, 'build/web/desk')}"\n[desk]\nport = ${port}\n`);
    return `http://127.0.0.1:${port}`;
  }
  /** A TPM in software (swtpm); its state stays in the folder, as that of a chip stays in the chip, and so does how it is reached. */
  async startTpm() {
    if (!this.tpm) this.tpm = await freePair();
    mkdirSync(this.path('tpm'), { recursive: true });
    const at = (port) => `type=tcp,bindaddr=127.0.0.1,port=${port}`;
    const child = spawn('swtpm', ['socket', '--tpm2', '--tpmstate', `dir=${this.path('tpm')}`, '--server', at(this.tpm), '--ctrl', at(this.tpm + 1), '--flags', 'not-need-init,startup-clear'], { stdio: 'ignore' });
    this.children.tpm = Object.assign(child, { log: '', ended: new Promise((done) => child.on('exit', (code) => { child.exit = code ?? 'killed'; done(code); })) });
    await until('the TPM to listen', () => {
      if (child.exit !== undefined) throw new Error(`swtpm ended with ${child.exit}`);
      return listens(this.tpm + 1);
    }, 30);
  }
  /** The lines of a Koffer's configuration that say how it is reached. */
  get tpmLines() { return `[tpm]\ntcti = "swtpm:host=127.0.0.1,port=${this.tpm}"\ndemand = true\n`; }

  /** Prepares and enrols a new Koffer; its device id. */
  enrol(name, tenant, env = {}, options = []) {
    const said = this.admin(['koffer', 'add', tenant, '--name', name, '--out', this.folder, ...options], { env });
    const file = said.match(/enrolment file: (\S+)/)[1], code = said.match(/one-time code: +(\S+)/)[1];
    run(['node', '--config', this.path(`${name}.toml`), '--enrol', file, '--code', code, '--enrol-only'], { env });
    return JSON.parse(readFileSync(file, 'utf8')).device_id;
  }
  async stop(name, signal = 'SIGTERM') {
    const child = this.children[name];
    if (!child || child.exit !== undefined) return;
    child.kill(signal);
    if ((await Promise.race([child.ended, sleep(15000).then(() => 'late')])) === 'late') child.kill('SIGKILL');
    await child.ended;
  }
  async remove() {
    for (const name of Object.keys(this.children)) await this.stop(name);
    rmSync(this.folder, { recursive: true, force: true });
  }
  has(name) { return existsSync(this.path(name)); }
}

/** Runs the steps of a test in order; prints each; ends the process with 1 at the first that fails. */
export async function steps(title, place, all) {
  let step = 'start';
  try {
    for (const [name, work] of all) {
      step = name;
      const said = await work();
      console.log(`✓ ${title}: ${name}${said ? ` (${said})` : ''}`);
    }
  } catch (error) {
    console.error(`✗ ${title}: ${step}: ${error.message}`);
    if (process.env.WA_TRACE) console.error(error.stack);
    for (const [name, child] of Object.entries(place.children)) console.error(`--- ${name}\n${child.log.split('\n').slice(-6).join('\n')}`);
    process.exitCode = 1;
  } finally {
    await place.remove();
  }
}
