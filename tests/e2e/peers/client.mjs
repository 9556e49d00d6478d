// The peers' side at the Koffer's end: `client.mjs NAME MATERIAL SCRATCH`. Says "ready", waits for a line on its
// input, sends everything in MATERIAL (records/*.json, documents/*), says "done" when the other end has all of it.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';

const [name, material, scratch] = process.argv.slice(2);
const base = 'http://10.77.0.1:7000';
mkdirSync(scratch, { recursive: true });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const filesIn = (folder) => readdirSync(join(material, folder)).sort().map((file) => ({ id: file, bytes: readFileSync(join(material, folder, file)) }));

/** Each prepares without the line and answers with the function that sends. */
const clients = {
  async pouchdb() {
    const { default: PouchDB } = await import('pouchdb');
    const local = new PouchDB(join(scratch, 'local'));
    for (const { id, bytes } of filesIn('records')) await local.put({ _id: id, ...JSON.parse(bytes) });
    for (const { id, bytes } of filesIn('documents'))
      await local.put({ _id: id, _attachments: { scan: { content_type: 'image/jpeg', data: bytes } } });
    const all = (await local.info()).doc_count;
    return () => new Promise((done, failed) => {
      const remote = new PouchDB(`${base}/arrived`);
      // Live with retry is PouchDB's own way over lines that come and go.
      local.replicate.to(remote, { live: true, retry: true })
        .on('paused', async (error) => { if (!error && (await remote.info()).doc_count === all) done(); })
        .on('error', failed);
    });
  },
  /** One upload per file, one after the other, with the delays of its documentation. */
  async tus(watched = false) {
    const { Upload } = await import('tus-js-client');
    const files = [{ id: 'records', bytes: Buffer.concat(filesIn('records').map((one) => one.bytes)) }, ...filesIn('documents')];
    const one = ({ id, bytes }) => new Promise((done) => {
      let moved = Date.now();
      const upload = new Upload(bytes, {
        endpoint: `${base}/files`, metadata: { filename: id }, uploadSize: bytes.length, retryDelays: [0, 1000, 3000, 5000, 5000, 5000, 5000, 5000, 5000, 5000],
        onProgress: () => { moved = Date.now(); },
        onError: () => { moved = Date.now(); setTimeout(() => upload.start(), 1000); },
        onSuccess: () => { clearInterval(watch); done(); },
      });
      // What it lacks on a line whose flows die silently: no progress for 4 s, and the upload is taken up again.
      const watch = setInterval(async () => {
        if (!watched || Date.now() - moved < 4000) return;
        moved = Date.now();
        await upload.abort().catch(() => {});
        upload.start();
      }, 250);
      upload.start();
    });
    return async () => { for (const file of files) await one(file); };
  },
  tus_watched() { return clients.tus(true); },
  async rsync() {
    // A small send buffer, or rsync hands everything to the kernel and takes the line for dead while it is being sent.
    const once = () => new Promise((done) => {
      spawn('rsync', ['-az', '--partial', '--sockopts=SO_SNDBUF=32768', '--timeout=6', '--contimeout=4', '--port=7000', `${material}/`, 'rsync://10.77.0.1/arrived/'], { stdio: 'ignore' }).on('exit', done);
    });
    return async () => { while ((await once()) !== 0) await sleep(500); };
  },
  /** One connection kept alive, repeated when it fails; a connection that dies silently is left to TCP. */
  async post() {
    const files = [...filesIn('records'), ...filesIn('documents')];
    const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
    const once = (bytes) => new Promise((done) => {
      const request = https.request('https://10.77.0.1:7000/', { method: 'POST', agent, headers: { 'Content-Length': bytes.length } }, (answer) => {
        answer.resume().on('end', () => done(answer.statusCode === 200)).on('error', () => done(false));
      });
      request.on('error', () => done(false)).end(bytes);
    });
    return async () => { for (const { bytes } of files) while (!(await once(bytes))) await sleep(500); };
  },
};

const send = await clients[name]();
console.log('ready');
await new Promise((go) => process.stdin.once('data', go));
await send();
console.log('done');
process.exit(0);
