#!/usr/bin/env node
// Tenants on a PostgreSQL server: every command of that section of docs/operating.md, as an administrator types it, with a
// server set up as the section says.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, sleep, tenant, until } from '../e2e/demo.mjs';
import { readExport } from './exported.mjs';
import { Place, must, run, runBeside, steps } from './hub.mjs';
import { Server } from './postgres_server.mjs';

const place = new Place(), server = new Server(), state = {};
const desk = (person) => place.hubDesk(person);
const openCase = (one, title) => one.command('case.open', { procedure: 'residence.registration', channel: 'counter', title });
const kindOf = (id) => place.admin(['tenant', 'list']).split('\n').find((line) => line.startsWith(`${id} `)).split(' ').pop();
const move = (to, options) => place.admin(['tenant', 'move', '--tenant', tenant, '--to', to], options);

await steps('postgres', place, [
  ['without a server in the configuration a move says which key is missing', async () => {
    await place.configure();
    place.admin(['testland', '--residents', '300']);
    must(move('postgres', { code: 1 }).includes('store.postgres_administrator'), 'the key is not named');
    must(kindOf(tenant) === 'sqlite', 'it moved');
    writeFileSync(place.path('pgpass'), '*:*:*:wanderamt_admin:geheim\n', { mode: 0o600 });
    appendFileSync(place.config, `[store]\npostgres_server = "host=${server.folder}"\n` +
      `postgres_administrator = "host=${server.folder} user=wanderamt_admin passfile=${place.path('pgpass')} dbname=postgres"\n`);
  }],
  ['a running hub stops a move', async () => {
    await place.startHub();
    state.before = await openCase(await desk(), 'Vor dem Umzug');
    must(move('postgres', { code: 1 }).includes('stop it first'), 'moved under a running hub');
    await place.stop('hub');
  }],
  ['a move that is killed leaves the tenant whole; the next one tidies up and does it', async () => {
    const heads = new Set();
    let cut = 0;
    for (const wait of [60, 120, 180, 240, 300, 400, 500]) {
      const child = spawn(program, ['admin', '--config', place.config, 'tenant', 'move', '--tenant', tenant, '--to', 'postgres'], { stdio: 'ignore' });
      const ended = new Promise((done) => child.on('exit', done));
      await sleep(wait);
      child.kill('SIGKILL');
      await ended;
      if (place.has(`hub/tenants/${tenant}/move.json`)) cut++;
      const said = place.admin(['verify', '--tenant', tenant]);
      heads.add(said);
      must(said.includes('0 faults'), said);
    }
    must(heads.size === 1, 'the tenant changed');
    must(cut > 0, 'none was cut off in the middle');
    if (kindOf(tenant) === 'postgres') move('sqlite');
    return `${cut} cut off`;
  }],
  ['the move proves rows and journal, and leaves no file behind', async () => {
    const said = move('postgres');
    must(/rows, the same on both sides/.test(said) && /0 faults/.test(said), said);
    state.head = said.match(/journal head: (\S+)/)[1];
    must(kindOf(tenant) === 'postgres' && server.databases().length === 1, 'it is not on the server');
    must(!readdirSync(place.path(`hub/tenants/${tenant}`)).some((name) => name.startsWith('store.db') || name === 'move.json'), 'something is left');
    must(place.admin(['verify', '--tenant', tenant, '--head', state.head]).includes('0 faults'), 'it does not prove');
    must(move('postgres').includes('already'), 'it moved twice');
  }],
  ['no secret stands in the clear, in no file and on no page of the server', async () => {
    const text = readFileSync(place.path(`hub/tenants/${tenant}/tenant.json`), 'utf8');
    const { store } = JSON.parse(text);
    must(store.kind === 'postgres' && /^[0-9a-f]{100,}$/.test(store.password), text);
    must(!text.includes('geheim'), 'the administrator stands with the tenant');
    must(server.sql(`SELECT rolpassword FROM pg_authid WHERE rolname = '${store.database}'`).startsWith('SCRAM-SHA-256$'), 'no verifier');
    must((statSync(place.path(`hub/tenants/${tenant}/tenant.json`)).mode & 0o077) === 0, 'others may read it');
  }],
  ['the hub works on it, beside tenants in files', async () => {
    await place.startHub();
    state.desk = await desk();
    const { cases } = await state.desk.query('case.list', { limit: 200 });
    must(cases.some((one) => one.id === state.before.case_id), 'what was before the move is gone');
    state.after = await openCase(state.desk, 'Nach dem Umzug');
  }],
  ['whoever has the files of the server reads the register: only its disk can be encrypted', async () => {
    server.sql('CHECKPOINT');
    const files = readdirSync(`${server.folder}/data/base`, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    must(files.some((one) => readFileSync(join(one.parentPath ?? one.path, one.name)).includes('Nach dem Umzug')), 'the title of a case is not found: docs/threat-model.md D5 and docs/operating.md say less than is true');
  }],
  ['a tenant on the server leaves as one in a file does', async () => {
    await runBeside(['admin', '--config', place.config, 'tenant', 'export', tenant, place.path('auszug'), '--reason', 'Probe']);
    const { tables } = readExport(place.path('auszug'));
    must(tables.case_file.some((one) => one.title === 'Vor dem Umzug') && tables.person.length > 300 && tables.journal.some((one) => one.name === 'store.note_export'), 'something is missing');
  }],
  ['the server goes down and comes back: the hub says so, loses nothing and goes on', async () => {
    server.stop('immediate');
    await openCase(state.desk, 'Ohne Server').then(() => must(false, 'done without a server'), (error) => must(error.status === 500 || error.body?.code === 'internal', error.message));
    server.start();
    await until('the hub works again', async () => (await openCase(state.desk, 'Wieder da')).case_id, 20);
    const { cases } = await state.desk.query('case.list', { limit: 200 });
    for (const one of [state.before, state.after]) must(cases.some((other) => other.id === one.case_id), 'something was lost');
  }],
  ['a backup beside the hub is a file as ever, and proves', async () => {
    const said = await runBeside(['admin', '--config', place.config, 'backup', tenant, place.path('pg.backup')]);
    const head = said.match(/journal head: (\S+)/)[1];
    must(place.admin(['verify', '--tenant', tenant, '--head', head]).includes('0 faults'), 'the head is not in the journal');
    const bytes = readFileSync(place.path('pg.backup'));
    must(!bytes.includes('Vor dem Umzug') && !bytes.includes('SQLite format'), 'the backup is readable');
    await place.stop('hub');
    const into = run(['admin', '--data', place.path('elsewhere'), 'restore', place.path('pg.backup'), '--master-key', place.path('hub/master.key'), '--reason', 'Probe']);
    must(into.includes('0 faults'), into);
  }],
  ['a new tenant goes where the configuration or the option says', async () => {
    place.admin(['tenant', 'create', '99001077', '--name', 'Neuhausen', '--land', 'NI', '--admin-login', 'ada', '--admin-name', 'Ada Neu', '--store', 'postgres']);
    must(kindOf('99001077') === 'postgres' && server.databases().length === 2, 'it is not on the server');
    place.admin(['tenant', 'create', '99001078', '--name', 'Althausen', '--land', 'NI', '--admin-login', 'ada', '--admin-name', 'Ada Alt']);
    must(kindOf('99001078') === 'sqlite', 'the default is another');
    appendFileSync(place.config, 'kind = "postgres"\n');
    place.admin(['tenant', 'create', '99001079', '--name', 'Mittelhausen', '--land', 'NI', '--admin-login', 'ada', '--admin-name', 'Ada Mittel']);
    must(kindOf('99001079') === 'postgres', 'the configuration does not count');
  }],
  ['a hub that starts before its server waits for it', async () => {
    server.stop();
    const starting = place.startHub();
    await sleep(1500);
    server.start();
    await starting;
    await openCase(await desk(), 'Nach dem Start');
    await place.stop('hub');
  }],
  ['restore puts a file in place; it can be moved to the server again', async () => {
    const said = place.admin(['restore', place.path('pg.backup'), '--replace', '--reason', 'Probe']);
    must(said.includes('0 faults'), said);
    must(kindOf(tenant) === 'sqlite', 'it is not a file');
    must(/0 faults/.test(move('postgres')) && kindOf(tenant) === 'postgres', 'it does not move again');
  }],
  ['a store of a newer program is refused, on the server and as a file', async () => {
    const { store } = JSON.parse(readFileSync(place.path(`hub/tenants/${tenant}/tenant.json`), 'utf8'));
    const before = place.admin(['verify', '--tenant', tenant]);
    server.sql("INSERT INTO schema_step (name, applied_at_ms) VALUES ('kernel/9999_later', 1)", store.database);
    const refused = (said) => must(said.includes('written by a newer program (it has the step kernel/9999_later)'), said);
    refused(run(['hub', '--config', place.config], { code: 1 }));
    refused(place.admin(['upgrade'], { code: 1 }));
    refused(place.admin(['user', 'list', tenant], { code: 1 }));
    place.admin(['backup', tenant, place.path('newer.backup')]);
    refused(run(['admin', '--data', place.path('older'), 'restore', place.path('newer.backup'), '--master-key', place.path('hub/master.key'), '--reason', 'Probe'], { code: 1 }));
    must(!existsSync(place.path(`older/tenants/${tenant}`)), 'a refused restore left something');
    server.sql("DELETE FROM schema_step WHERE name = 'kernel/9999_later'", store.database);
    must(place.admin(['verify', '--tenant', tenant]) === before, 'a refused store was changed');
  }],
  ['back to a file: the same rows, and the database is gone', async () => {
    const { store } = JSON.parse(readFileSync(place.path(`hub/tenants/${tenant}/tenant.json`), 'utf8'));
    const said = move('sqlite');
    must(/the same on both sides/.test(said), said);
    must(kindOf(tenant) === 'sqlite' && !server.databases().includes(store.database), 'the database is still there');
    state.database = store.database;
    must(server.sql(`SELECT count(*) FROM pg_roles WHERE rolname = '${store.database}'`) === '0', 'the role is still there');
    await place.startHub();
    await openCase(await desk(), 'Wieder als Datei');
    await place.stop('hub');
    must(place.admin(['verify']).match(/0 faults/g).length === 6, 'not all prove');
  }],
  ['as a file it leaves like every other: the hub starts without it, and nothing of it is on the server', async () => {
    renameSync(place.path(`hub/tenants/${tenant}`), place.path('gone'));
    await place.startHub();
    must(!place.admin(['tenant', 'list']).includes(tenant), 'it is still there');
    await place.stop('hub');
    must(!server.databases().includes(state.database) && place.admin(['verify']).match(/0 faults/g).length === 5, 'another one suffered');
  }],
]);
server.remove();
