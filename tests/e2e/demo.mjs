// Starts the real demo (hub, Koffer, emulated line) for tests, and speaks to it as browsers do.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import net from 'node:net';

export const root = resolve(import.meta.dirname, '../..');
/** Another build may be tried: WANDERAMT_PROGRAM=<path>. */
export const program = process.env.WANDERAMT_PROGRAM ?? join(root, 'build/release/wanderamt');

export const people = {
  jutta: { login: 'jutta.petersen', password: 'Deich-Kuchen-26' },
  deniz: { login: 'deniz.aydin', password: 'Moor-Laterne-26', pin: '270481' },
  marta: { login: 'marta.nowak', password: 'Heide-Regen-26', pin: '816293' },
  olaf: { login: 'olaf.brandt', password: 'Geest-Schluessel-26' },
  helga: { login: 'helga.tietjen', password: 'Marsch-Glocke-26' },
  karin: { login: 'karin.behrens', password: 'Watt-Siegel-2026' },
};
export const tenant = '99001001';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again until the answer is truthy; the last answer, or an error naming what was waited for. */
export async function until(what, ask, seconds = 30, every = 150) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    let answer = null;
    try {
      answer = await ask();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: ${error.message}`);
    }
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(every);
  }
}

/** Whether nobody listens there. */
export const isFree = (port) => new Promise((done) => {
  const server = net.createServer().on('error', () => done(false));
  server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
});

/**
 * A free port that nobody gets meanwhile: below those the system gives to connections that go out (32768 on), and never
 * twice in one process.
 */
export async function freePort() {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}
const given = new Set();

export class Demo {
  constructor(options = {}) {
    this.options = { residents: 2000, ...options };
    this.data = options.data ?? mkdtempSync(join(tmpdir(), 'wanderamt-'));
    this.captures = [];
  }

  async start() {
    const began = Date.now();
    [this.hubPort, this.kofferPort, this.controlPort, this.simulatorPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const extra = [...(this.options.noLine ? ['--no-line'] : []), ...(this.options.packets ? ['--packets', join(this.data, `line.${this.captures.push(began)}.pcap`)] : [])];
    this.process = spawn(program, ['demo', '--data', join(this.data, 'demo'), '--web', join(root, 'build/web/desk'),
      '--residents', String(this.options.residents), '--profile', 'gut', '--hub-port', this.hubPort, '--koffer-port', this.kofferPort,
      '--control-port', this.controlPort, '--simulator-port', this.simulatorPort, ...extra], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    this.output = '';
    this.exitCode = undefined;
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (text) => { this.output += text; });
    this.ended = new Promise((done) => this.process.on('exit', (code) => { this.exitCode = code; done(code); }));
    await until('hub and Koffer ready', async () => {
      if (this.exitCode !== undefined) throw new Error(`the demo ended with ${this.exitCode}:\n${this.output}`);
      return (await fetch(`${this.hubUrl}/api/health`)).ok && (await fetch(`${this.kofferUrl}/api/health`)).ok &&
        (await fetch(`http://127.0.0.1:${this.controlPort}/api/state`)).ok;
    }, 120);
    return (Date.now() - began) / 1000;
  }

  get hubUrl() { return `http://127.0.0.1:${this.hubPort}`; }
  get kofferUrl() { return `http://127.0.0.1:${this.kofferPort}`; }

  async control(path, body) {
    const answer = await fetch(`http://127.0.0.1:${this.controlPort}/api/${path}`, body && {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Demo': '1' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
  line(change) { return this.control('line', change); }
  kill(name) { return this.control('process', { name, action: 'kill' }); }
  startProcess(name) { return this.control('process', { name, action: 'start' }); }

  async stop() {
    if (!this.process || this.exitCode !== undefined) return;
    this.process.kill('SIGTERM');
    const ended = await Promise.race([this.ended, sleep(15000).then(() => 'late')]);
    if (ended === 'late') this.process.kill('SIGKILL');
  }
  remove() { rmSync(this.data, { recursive: true, force: true }); }
  log(name) {
    const path = join(this.data, 'demo', `${name}.log`);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

/** What another authority sends: a Rückmeldung for this person, through the simulator of other authorities. */
export async function sendRueckmeldung(simulator, person) {
  const answer = await fetch(`${simulator}/api/send`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Simulator': '1' },
    body: JSON.stringify({ kind: 'rueckmeldung', recipient: `Meldebehörde ${tenant}`, person, moved_in: isoDay(5) }) });
  if (!answer.ok) throw new Error(await answer.text());
}

export class Refused extends Error {
  constructor(status, body) {
    super(`${status} ${body.code ?? ''} ${body.words?.de ?? ''} ${JSON.stringify(body.fields ?? body.details ?? '')}`);
    this.status = status;
    this.body = body;
  }
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export function newId() {
  let time = Date.now(), id = '';
  for (let i = 0; i < 10; i++) { id = crockford[time % 32] + id; time = Math.floor(time / 32); }
  for (let i = 0; i < 16; i++) id += crockford[Math.floor(Math.random() * 32)];
  return id;
}

/** A desk without a browser: the same API, the same cookies. Remembers how long each step took. */
export class Desk {
  constructor(url) { this.url = url; this.cookie = ''; this.steps = []; }

  async call(method, path, body, headers = {}) {
    const began = performance.now();
    const raw = body instanceof Uint8Array;
    const answer = await fetch(this.url + path, {
      method, headers: { 'X-Wanderamt': '1', Cookie: this.cookie, ...(body && !raw ? { 'Content-Type': 'application/json' } : {}), ...headers },
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body) });
    for (const cookie of answer.headers.getSetCookie()) this.cookie = cookie.split(';')[0];
    const bytes = Buffer.from(await answer.arrayBuffer());
    this.steps.push({ path, ms: performance.now() - began });
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const value = isJson ? JSON.parse(bytes.toString() || '{}') : bytes;
    if (process.env.WA_RECORD) appendFileSync(process.env.WA_RECORD, `${JSON.stringify({ method, path, status: answer.status, request: raw ? null : body, response: isJson ? value : null })}\n`);
    if (!answer.ok) throw new Refused(answer.status, isJson ? value : { code: bytes.toString().slice(0, 200) });
    return value;
  }
  get(path) { return this.call('GET', path); }
  post(path, body = {}) { return this.call('POST', path, body); }
  async command(name, payload, id = newId()) {
    const answer = await this.post(`/api/commands/${name}`, { id, payload });
    return { ...answer.answer, certainty: answer.certainty, conflict: answer.conflict, command_id: id };
  }
  async query(name, params = {}, reason = 'Prüflauf') {
    return (await this.post(`/api/queries/${name}`, { params, reason })).answer;
  }
  upload(bytes, name = 'scan') { return this.call('PUT', `/api/documents?name=${name}`, bytes, { 'Content-Type': 'application/octet-stream' }); }
  async letter(name, caseId) {
    const { hash } = await this.post(`/api/letters/${name}`, { case_id: caseId });
    return { hash, pdf: await this.get(`/api/documents/${hash}?case=${caseId}`) };
  }
  password(person) { return this.post('/api/session/password', { tenant, user: person.login, password: person.password }); }
  pin(person) { return this.post('/api/session/pin', { user: person.login, pin: person.pin }); }

  /** Live events of this session, as the page gets them. */
  listen() {
    const seen = [];
    const socket = new WebSocket(this.url.replace('http', 'ws') + '/api/events', { headers: { Cookie: this.cookie, Origin: this.url } });
    socket.onmessage = (message) => seen.push({ at: Date.now(), ...JSON.parse(message.data) });
    return { seen, socket, opened: new Promise((done, failed) => { socket.onopen = done; socket.onerror = () => failed(new Error('no events')); }) };
  }
}

export const isoDay = (daysAgo = 0) => {
  const day = new Date(Date.now() - daysAgo * 86400000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(day);
};
