// The peers' side at the hub's end of the line: `server.mjs NAME FOLDER`. Says "ready" when it listens.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync, openSync, fsyncSync, closeSync } from 'node:fs';
import https from 'node:https';
import http from 'node:http';
import { join } from 'node:path';

const [name, folder] = process.argv.slice(2);
const host = '10.77.0.1', port = 7000;
mkdirSync(folder, { recursive: true });
const ready = () => console.log('ready');

const servers = {
  async pouchdb() {
    const { default: express } = await import('express');
    const { default: pouchRoutes } = await import('express-pouchdb');
    const { default: PouchDB } = await import('pouchdb');
    const app = express();
    // Replication only: no web page, no users, no log on the disk that it would have to keep.
    app.use('/', pouchRoutes(PouchDB.defaults({ prefix: `${folder}/` }), { mode: 'minimumForPouchDB', overrideMode: { include: [] }, inMemoryConfig: true, logPath: join(folder, 'log.txt') }));
    http.createServer(app).listen(port, host, ready);
  },
  async tus() {
    const { Server } = await import('@tus/server');
    const { FileStore } = await import('@tus/file-store');
    new Server({ path: '/files', datastore: new FileStore({ directory: folder }) }).listen({ host, port }, ready);
  },
  async rsync() {
    const config = join(folder, 'rsyncd.conf');
    const target = join(folder, 'arrived');
    mkdirSync(target);
    writeFileSync(config, `pid file = ${join(folder, 'pid')}\nuse chroot = no\nreverse lookup = no\nuid = ${process.getuid()}\ngid = ${process.getgid()}\n[arrived]\npath = ${target}\nread only = false\n`);
    // Not our input: a socket there makes it serve that one connection and nothing else.
    const daemon = spawn('rsync', ['--daemon', '--no-detach', `--config=${config}`, `--address=${host}`, `--port=${port}`], { stdio: ['ignore', 'inherit', 'inherit'] });
    daemon.on('exit', () => process.exit(0));
    process.on('SIGTERM', () => daemon.kill());
    setTimeout(ready, 300);
  },
  async post() {
    const key = join(folder, 'key.pem'), cert = join(folder, 'cert.pem');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', `/CN=${host}`], { stdio: 'ignore' });
    let number = 0;
    https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, answer) => {
      const path = join(folder, `${number++}`);
      request.pipe(createWriteStream(path)).on('finish', () => {
        const file = openSync(path, 'r+');
        fsyncSync(file);
        closeSync(file);
        answer.end('{"stored":true}');
      });
    }).listen(port, host, ready);
  },
};
servers.tus_watched = servers.tus;
await servers[name]();
