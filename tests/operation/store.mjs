#!/usr/bin/env node
// Configuration, tenants, accounts, backup and restore, upgrade, journal: every verb of docs/operating.md that works on
// a hub's data, tried as an administrator types it.
import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync, openSync, readSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { Desk, isoDay, people, root, tenant, until } from '../e2e/demo.mjs';
import { scanPage } from '../e2e/material.mjs';
import { readExport } from './exported.mjs';
import { Place, must, run, runBeside, steps } from './hub.mjs';

const place = new Place();
const state = {};
const flip = (path, at) => {
  const file = openSync(path, 'r+'), byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at); byte[0] ^= 0x10; writeSync(file, byte, 0, 1, at); closeSync(file);
};
const desk = (person) => place.hubDesk(person);
const openCase = (one, title) => one.command('case.open', { procedure: 'residence.registration', channel: 'counter', title });
const headOf = (text) => text.match(/journal head: (\S+)/)[1];

await steps('store', place, [
  ['the configuration is printed from its schema, and the print is good', async () => {
    await place.configure();
    for (const kind of ['hub', 'node']) {
      writeFileSync(place.path(`${kind}.print.toml`), run(['admin', 'config', kind]));
      must(run(['admin', 'config', kind, '--check', place.path(`${kind}.print.toml`)]).includes('good'), 'the print is refused');
    }
  }],
  ['a faulty configuration names key and line', async () => {
    const path = place.path('bad.toml');
    for (const [text, key, line] of [['\n[desk]\nprot = 1\n', 'desk.prot', 3], ['[sync]\nport = 70000\n', 'sync.port', 2], ['log_level = "loud"\n', 'log_level', 1], ['a = 1\n[desk\n', '', 2]]) {
      writeFileSync(path, text);
      for (const args of [['admin', 'config', 'hub', '--check', path], ['hub', '--config', path]]) {
        const said = run(args, { code: 1 });
        must(said.includes(key) && said.includes(`line ${line}`), `${args[0]} says of ${JSON.stringify(text)}: ${said}`);
      }
    }
  }],
  ['a folder without a hub is not made one by a verb that only looks', async () => {
    run(['admin', '--data', place.path('typo'), 'verify'], { code: 1 });
    must(!place.has('typo'), 'the folder was made');
  }],
  ['a tenant is created with an administrator who can sign in', async () => {
    place.admin(['testland', '--residents', '300']);
    const letterhead = { authority: 'Gemeinde Neuhausen', office: 'Bürgerbüro', street: 'Am Deich 1', place: '21999 Neuhausen', phone: '04100 1234', supervision: 'Datenschutzaufsicht Testland' };
    const said = place.admin(['tenant', 'create', '99001077', '--name', 'Gemeinde Neuhausen', '--land', 'NI', '--admin-login', 'ada', '--admin-name', 'Ada Neu',
      ...Object.entries(letterhead).flatMap(([name, value]) => [`--${name}`, value])]);
    state.password = said.match(/first password: (\S+)/)[1];
    const kept = readFileSync(place.path('hub/tenants/99001077/tenant.json'), 'utf8');
    must(Object.values(letterhead).every((value) => kept.includes(value)), `the letterhead is not kept: ${kept}`);
    place.admin(['tenant', 'create', '99001077', '--name', 'Zweimal', '--land', 'NI', '--admin-login', 'x', '--admin-name', 'X'], { code: 1 });
    must(/99001077 +Gemeinde Neuhausen/.test(place.admin(['tenant', 'list'])), 'not in the list');
    await place.startHub();
    const one = new Desk(place.hubUrl);
    await one.post('/api/session/password', { tenant: '99001077', user: 'ada', password: state.password });
    must((await one.query('user.list')).users.length === 1, 'the new administrator sees no accounts');
  }],
  ['what watches the hub asks for its health; the page says how to read when its authority ends', async () => {
    const asked = await fetch(`${place.hubUrl}/api/health`);
    must((await asked.text()) === '{"ok":true}', 'its health is said otherwise');
    const line = readFileSync(join(root, 'docs/operating.md'), 'utf8').match(/^grep -o 'BEGIN.*$/m)[0];
    const said = execFileSync('sh', ['-c', line.replace('data_dir', place.path('hub'))], { encoding: 'utf8' });
    must(new Date(said.match(/notAfter=(.*)/)[1]).getFullYear() === new Date(Date.now() + 3650 * 864e5).getUTCFullYear(), said);
    return said.trim();
  }],
  ['streets are put in; a running hub knows them after its next start', async () => {
    const file = place.path('streets.json'), street = { key: '00477', name: 'Neuer Heideweg', postcode: '99101', city: 'Testhausen', valid_from: '2020-01-01' };
    const put = (text, code) => { writeFileSync(file, text); return place.admin(['tenant', 'streets', tenant, file], { code }); };
    const known = async () => (await (await desk()).query('reference.search', { list: 'street', text: 'Neuer Heideweg', limit: 10 })).entries.length;
    must(put('[1', 1).includes('no JSON object'), 'half a file was taken');
    must(put(JSON.stringify({ streets: [{ ...street, key: '' }] }), 1).includes('was refused'), 'a street without a key was taken');
    must(put(JSON.stringify({ streets: [street, { ...street, key: '00478', valid_from: 'gestern' }] }), 1).includes('was refused'), 'a day that is none was taken');
    must(/^1 streets;/.test(put(JSON.stringify({ streets: [street] }), 0)), 'not put in');
    must((await known()) === 0, 'the running hub knows it: then the page says something wrong');
    await place.stop('hub');
    await place.startHub();
    must((await known()) === 1, 'the street is not there, or one of those refused is');
    must(place.admin(['tenant', 'streets', '99001099', file], { code: 1 }).includes('no tenant'), 'a tenant that is none got streets');
  }],
  ['without its master key a hub does not start, and makes no new one', async () => {
    await place.stop('hub');
    renameSync(place.path('hub/master.key'), place.path('safe.key'));
    for (const args of [['hub', '--config', place.config], ['admin', '--config', place.config, 'verify']])
      must(run(args, { code: 1 }).includes('master.key is missing, but there are tenants'), `${args[0]} says something else`);
    must(!place.has('hub/master.key'), 'a new key was made over stores of the old one');
    writeFileSync(place.path('hub/master.key'), `${'ab'.repeat(32)}\n`);
    must(run(['hub', '--config', place.config], { code: 1 }).includes('does not fit the master key'), 'a wrong key was taken');
    renameSync(place.path('safe.key'), place.path('hub/master.key'));
    await place.startHub();
  }],
  ['a second hub does not start on the same data', async () => {
    must(run(['hub', '--config', place.config], { code: 1 }).includes('stop it first'), 'no word of the other hub');
  }],
  ['a clerk who locked themselves out is unlocked', async () => {
    const one = new Desk(place.hubUrl);
    for (let i = 0; i < 5; i++) await one.password({ ...people.helga, password: 'falsch-falsch' }).then(() => must(false, 'a wrong password opened'), () => {});
    await one.password(people.helga).then(() => must(false, 'a locked account opened'), (error) => must(error.body.code === 'account_locked', error.message));
    must(/helga\.tietjen.*LOCKED/.test(place.admin(['user', 'list', tenant])), 'the list does not say that she is locked');
    place.admin(['user', 'unlock', tenant, 'helga.tietjen']);
    await one.password(people.helga);
  }],
  ['an account is added and its password replaced', async () => {
    const first = place.admin(['user', 'add', tenant, 'neu.am.schalter', '--name', 'Neu Am Schalter', '--role', 'clerk']).match(/first password: (\S+)/)[1];
    await new Desk(place.hubUrl).password({ login: 'neu.am.schalter', password: first });
    const second = place.admin(['user', 'password', tenant, 'neu.am.schalter']).match(/new password: (\S+)/)[1];
    await new Desk(place.hubUrl).password({ login: 'neu.am.schalter', password: first }).then(() => must(false, 'the old password opens'), () => {});
    await new Desk(place.hubUrl).password({ login: 'neu.am.schalter', password: second });
    must(place.admin(['user', 'add', tenant, 'x', '--name', 'X', '--role', 'kaiser'], { code: 1 }).includes('user_no_role'), 'an unknown role was given');
  }],
  ['a tenant leaves with everything it owns, readable without this program', async () => {
    const one = await desk(), title = 'Für den Auszug', { case_id } = await openCase(one, title), bytes = scanPage(7);
    const { hash, size } = await one.upload(bytes);
    await one.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: 'Wohnungsgeberbestätigung', media_type: 'image/jpeg', original_seen: true });
    const folder = place.path('auszug'), ask = ['tenant', 'export', tenant, folder, '--reason', 'Wechsel des Verfahrens'];
    must((await runBeside(['admin', '--config', place.config, ...ask])).includes('not encrypted'), 'nobody says that it is not encrypted');
    const { tables, documents } = readExport(folder);
    const erna = tables.person.find((person) => person.given_names.startsWith('Erna') && person.family_name === 'Schroder');
    must(erna && tables.dwelling.some((dwelling) => dwelling.person_id === erna.id && dwelling.street), 'Erna Schroder is not in it, or has no dwelling');
    must(tables.case_file.some((row) => row.title === title) && documents.get(hash)?.equals(bytes), 'the case or its document is missing');
    must(tables.street.length > 100 && JSON.parse(readFileSync(`${folder}/tenant.json`, 'utf8')).name === 'Testhausen', 'the configuration is missing');
    must(readFileSync(`${folder}/schema.sql`, 'utf8').includes('CREATE TABLE person'), 'nobody can tell what the columns are');
    // The journal of the export ends with the export.
    must(tables.journal.some((entry) => entry.name === 'store.note_export' && entry.reason === 'Wechsel des Verfahrens'), 'it is not in the journal');
    const everything = readdirSync(`${folder}/tables`).map((name) => readFileSync(`${folder}/tables/${name}`, 'utf8')).join('');
    must(tables.user_account.length > 3 && !/"(password_hash|wrapped_seed|pin_auth)"|argon2/.test(everything), 'a secret is in it');
    must(!tables.person_search && !tables.document_chunk, 'what only repeats is in it');
    must(place.admin(ask, { code: 1 }).includes('exists'), 'a folder was overwritten');
    place.admin(['tenant', 'export', tenant, place.path('ohne')], { code: 106 });
    must(place.admin(['tenant', 'export', '99001099', place.path('keiner'), '--reason', 'x'], { code: 1 }).includes('no tenant'), 'a tenant that is none left');
    must(!place.has('keiner') && !place.has('keiner.part') && !place.has('ohne'), 'a refused export left something');
    return `${tables.person.length} persons, ${Object.keys(tables).length} tables`;
  }],
  ['a tenant exports itself: asked for, released by another, sealed, opened with its secret alone', async () => {
    const admin = await desk(people.olaf), lead = await desk(people.helga);
    const now = async () => (await admin.query('export.get')).export;
    const { export_id } = await admin.command('export.ask', { reason: 'Der Rat hat den Wechsel beschlossen' });
    await admin.post('/api/exports', { export_id }).then(() => must(false, 'made without a release'), (error) => must(error.body.code === 'exports.not_released', error.message));
    const [task] = (await lead.query('task.list', { kind: 'tenant_export', state: 'todo' })).tasks;
    must(task.note === 'Der Rat hat den Wechsel beschlossen', 'the lead is not told what for');
    await lead.command('task.close', { task_id: task.id, result: 'Der Beschluss liegt vor' });
    const { secret } = await admin.post('/api/exports', { export_id });
    const ready = await until('the export', async () => { const one = await now(); return one.state === 'ready' && one; }, 60);
    const bytes = await admin.get(`/api/exports/${export_id}`), file = place.path('auszug.wanderamt');
    must(bytes.length === ready.size && !bytes.includes('Schroder'), 'it is not what it should be, or says a name');
    await lead.get(`/api/exports/${export_id}`).then(() => must(false, 'the lead has fetched it'), (error) => must(error.status === 403, error.message));
    const open = (name, folder, options) => run(['admin', 'export', 'open', place.path(name), place.path(folder)], options);
    writeFileSync(file, bytes);
    open('auszug.wanderamt', 'eigener', { input: `${secret.toLowerCase().replaceAll('-', ' ')}\n` });
    const { tables } = readExport(place.path('eigener'));
    must(tables.person.some(({ family_name }) => family_name === 'Schroder') && tables.tenant_export.some(({ id }) => id === export_id), 'something is missing');
    must(tables.journal.some(({ name, reason }) => name === 'export.begin' && reason === 'Der Rat hat den Wechsel beschlossen'), 'it is not in the journal');
    const other = secret.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    must(open('auszug.wanderamt', 'fremd', { code: 1, input: `${other}\n` }).includes('does not open with this secret'), 'another secret opens it');
    writeFileSync(place.path('kurz'), bytes.subarray(0, bytes.length - 5));
    must(open('kurz', 'fremd', { code: 1, input: `${secret}\n` }).includes('cut short'), 'a cut one is taken for whole');
    writeFileSync(place.path('falsch'), bytes);
    flip(place.path('falsch'), bytes.length >> 1);
    must(open('falsch', 'fremd', { code: 1, input: `${secret}\n` }).includes('was changed'), 'a changed one is taken');
    must(!place.has('fremd') && !place.has('fremd.part'), 'a refused one left something');
    await admin.command('export.discard', { export_id });
    await until('its file to be gone', () => readdirSync(place.path(`hub/exports/${tenant}`)).length === 0);
    must((await now()).state === 'ended', 'it is not over');
    return `${bytes.length >> 10} KiB sealed`;
  }],
  ['what a stop interrupts is said to be so, and leaves no file', async () => {
    const admin = await desk(people.olaf), lead = await desk(people.helga);
    const { export_id } = await admin.command('export.ask', { reason: 'Noch einmal' });
    const [task] = (await lead.query('task.list', { kind: 'tenant_export', state: 'todo' })).tasks;
    await lead.command('task.close', { task_id: task.id, result: 'Geprüft' });
    await admin.post('/api/exports', { export_id });
    await until('the export', async () => (await admin.query('export.get')).export.state === 'ready', 60);
    await place.stop('hub');
    renameSync(place.path(`hub/exports/${tenant}/${export_id}.wanderamt`), place.path(`hub/exports/${tenant}/${export_id}.wanderamt.part`));
    await place.startHub();
    const again = await desk(people.olaf);
    await until('the word of it', async () => (await again.query('export.get')).export.state === 'interrupted');
    await until('its file to be gone', () => readdirSync(place.path(`hub/exports/${tenant}`)).length === 0);
  }],
  ['a backup while the hub works is one point in time', async () => {
    state.desk = await desk();
    state.before = await openCase(state.desk, 'Vor der Sicherung');
    let go = true, opened = 0;
    const busy = (async () => { while (go) { await openCase(state.desk, `Nebenher ${++opened}`); } })();
    const said = await runBeside(['admin', '--config', place.config, 'backup', tenant, place.path('tag.backup')]);
    go = false;
    await busy;
    must(opened > 0, 'the hub did nothing meanwhile');
    state.head = headOf(said);
    const bytes = readFileSync(place.path('tag.backup'));
    must(!bytes.includes('SQLite format') && !bytes.includes('Vor der Sicherung'), 'the backup is readable');
    must((statSync(place.path('tag.backup')).mode & 0o077) === 0, 'others may read the backup');
    must(place.admin(['backup', tenant, place.path('tag.backup')], { code: 1 }).includes('exists'), 'a backup was overwritten');
    must(place.admin(['verify', '--tenant', tenant, '--head', state.head]).includes('0 faults'), 'the head is not in the journal');
    place.admin(['verify', '--tenant', tenant, '--head', state.head.replace(/.$/, (c) => (c === '0' ? '1' : '0'))], { code: 1 });
    return `${opened} cases opened meanwhile`;
  }],
  ['what is done after the backup', async () => {
    state.after = await openCase(state.desk, 'Nach der Sicherung');
  }],
  ['restore refuses while the hub runs, and does not overwrite', async () => {
    must(place.admin(['restore', place.path('tag.backup'), '--reason', 'Probe'], { code: 1 }).includes('stop it first'), 'restored under a running hub');
    await place.stop('hub');
    must(place.admin(['restore', place.path('tag.backup'), '--reason', 'Probe'], { code: 1 }).includes('--replace'), 'overwrote silently');
    must(place.admin(['verify', '--tenant', tenant]).includes('0 faults'), 'a refused restore changed something');
  }],
  ['a damaged, changed or cut-off backup is refused and touches nothing', async () => {
    const whole = readFileSync(place.path('tag.backup')), line = whole.indexOf('\n');
    const bad = (name, bytes, word) => {
      writeFileSync(place.path(name), bytes);
      const said = place.admin(['restore', place.path(name), '--replace', '--reason', 'Probe'], { code: 1 });
      must(said.includes(word), `${name}: ${said}`);
    };
    bad('cut', whole.subarray(0, whole.length - 5000), 'cut off');
    bad('seal', Buffer.concat([Buffer.from(whole.subarray(0, line).toString().replace(/"journal_seq":(\d+)/, '"journal_seq":1')), whole.subarray(line)]), 'changed');
    bad('none', Buffer.from('{"x":1}\n'), 'no backup');
    copyFileSync(place.path('tag.backup'), place.path('page'));
    flip(place.path('page'), line + Math.floor((whole.length - line) / 2));
    must(/damaged|DAMAGED|store/i.test(place.admin(['restore', place.path('page'), '--replace', '--reason', 'Probe'], { code: 1 })), 'a flipped byte was restored');
    must(place.admin(['verify', '--tenant', tenant]).includes('0 faults'), 'the store suffered');
    must(!readdirSync(place.path('hub')).some((name) => name.startsWith('restore.')), 'something was left lying about');
  }],
  ['restore into the old place: proved, the old store put aside, numbers never given twice', async () => {
    const said = place.admin(['restore', place.path('tag.backup'), '--replace', '--reason', 'Platte defekt']);
    must(/0 faults/.test(said) && /the old store lies in/.test(said), said);
    must(place.admin(['verify']).includes('0 faults'), 'the restored store does not prove');
    await place.startHub();
    state.desk = await desk();
    const { cases } = await state.desk.query('case.list', { limit: 200 });
    must(cases.some((one) => one.id === state.before.case_id), 'what was before the backup is gone');
    must(!cases.some((one) => one.id === state.after.case_id), 'what was after the backup is there');
    const next = await openCase(state.desk, 'Nach der Wiederherstellung');
    const value = (number) => Number(number.split('-')[1]);
    must(value(next.number) > value(state.after.number), `number ${next.number} may have been given before (${state.after.number})`);
  }],
  ['restore into a new place needs the old master key and keeps what is due', async () => {
    const other = place.path('elsewhere');
    const elsewhere = (args, options) => run(['admin', '--data', other, ...args], options);
    must(elsewhere(['restore', place.path('tag.backup'), '--reason', 'Umzug'], { code: 1 }).includes('--master-key'), 'restored without a key');
    writeFileSync(place.path('wrong.key'), `${'ab'.repeat(32)}\n`);
    elsewhere(['restore', place.path('tag.backup'), '--master-key', place.path('wrong.key'), '--reason', 'Umzug'], { code: 1 });
    run(['admin', '--data', place.path('third'), 'tenant', 'create', '99001088', '--name', 'Andere', '--land', 'NI', '--admin-login', 'a', '--admin-name', 'A']);
    const into = run(['admin', '--data', place.path('third'), 'restore', place.path('tag.backup'), '--master-key', place.path('hub/master.key'), '--reason', 'Umzug']);
    must(into.includes('waits until a person releases it'), into);
    must(run(['admin', '--data', place.path('third'), 'verify']).match(/0 faults/g).length === 2, 'the moved tenant does not prove under its new key');
  }],
  ['the journal is read for the auditor, filtered, and that is journalled', async () => {
    const table = place.admin(['journal', tenant, '--reason', 'Prüfung 7/26', '--case', state.before.number]).trim().split('\n');
    must(table[0].startsWith('seq;at;kind;name') && table.slice(1).some((one) => one.includes('case.open')), table.join('\n'));
    const mine = place.admin(['journal', tenant, '--reason', 'Prüfung', '--actor', 'jutta.petersen', '--lines']).trim().split('\n').map((one) => JSON.parse(one));
    must(mine.length > 1 && mine.every((one) => one.actor_name === 'Jutta Petersen'), 'others are in it');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--until', '2001-01-01']).trim().split('\n').length === 1, 'time does not filter');
    const lines = (...args) => place.admin(['journal', tenant, '--reason', 'Prüfung', '--lines', ...args]).trim().split('\n').filter(Boolean).map((one) => JSON.parse(one));
    must(lines('--from', isoDay(-2)).length === 0 && lines('--from', isoDay(1), '--until', isoDay()).length > 1, 'the first day does not filter');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--from', 'gestern'], { code: 1 }).includes('neither a day'), 'a day that is none was taken');
    const { person_id } = (await state.desk.query('person.search', { text: 'Schroder Erna' })).hits[0];
    await state.desk.query('person.get', { person_id });
    const about = lines('--person', person_id);
    must(about.some((one) => one.name === 'person.get') && !about.some((one) => one.name === 'case.open'), 'the person does not filter');
    const out = place.path('journal.csv');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--person', person_id, '--out', out]) === '', 'it is printed as well');
    must(readFileSync(out, 'utf8').startsWith('seq;at;kind;name') && readFileSync(out, 'utf8').includes(';person.get;'), 'the file is another one');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--out', place.path('no/such/folder')], { code: 1 }).includes('cannot write'), 'nobody says that the file cannot be written');
    place.admin(['journal', tenant], { code: 106 });
    const reads = place.admin(['journal', tenant, '--reason', 'Gegenprobe', '--lines']).trim().split('\n').map((one) => JSON.parse(one));
    must(reads.some((one) => one.name === 'journal.list' && one.reason.includes('Prüfung 7/26')), 'the reading is not in the journal');
    must(reads.some((one) => one.name === 'store.note_restore' && /^admin restore/.test(one.reason)), 'the restore is not in the journal, with its reason');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--case', 'Z-999999'], { code: 1 }).includes('there is no case Z-999999'), 'a case that is not there has a journal');
    writeFileSync(place.path('da.csv'), 'x');
    must(place.admin(['journal', tenant, '--reason', 'Prüfung', '--out', place.path('da.csv')], { code: 1 }).includes('exists already'), 'a file was written over');
    const auditor = await desk(people.karin);
    must((await auditor.query('journal.list', { case_id: state.before.case_id })).entries.length > 0, 'the auditor sees nothing at the desk');
    await auditor.query('case.list', {}).then(() => must(false, 'the auditor reads cases'), (error) => must(error.body.code === 'permission_denied', error.message));
  }],
  ['the version, and an upgrade of what is new already', async () => {
    must(/wanderamt \d+\.\d+\.\d+, schema \d+ steps/.test(place.admin(['version'])), 'no version');
    must(place.admin(['upgrade'], { code: 1 }).includes('stop it first'), 'upgraded under a running hub');
    await place.stop('hub');
    const said = place.admin(['upgrade']);
    const [, done, all] = said.match(/99001001: (\d+) of (\d+) schema steps/);
    must(done === all, said);
  }],
  ['a tenant that has left is moved away: the hub goes on without it, and takes it back', async () => {
    const away = place.path('gone'), own = [`hub/tenants/${tenant}`, `copy/${tenant}`].map((one) => place.path(one));
    mkdirSync(own[1], { recursive: true });
    writeFileSync(join(own[1], 'store.db'), 'what a tour has left');
    mkdirSync(away);
    renameSync(own[0], join(away, 'tenant'));
    renameSync(own[1], join(away, 'copy'));
    await place.startHub();
    await desk().then(() => must(false, 'its clerk still signs in'), (error) => must(error.body?.code === 'sign_in_failed', error.message));
    const one = new Desk(place.hubUrl);
    await one.post('/api/session/password', { tenant: '99001077', user: 'ada', password: state.password });
    must(!place.admin(['tenant', 'list']).includes(tenant) && /0 faults/.test(place.admin(['verify'])), 'it is still there, or another one suffered');
    must(![...readdirSync(place.path('hub/tenants')), ...readdirSync(place.path('copy'))].includes(tenant), 'the hub has made it anew');
    await place.stop('hub');
    renameSync(join(away, 'tenant'), own[0]);
    await place.startHub();
    await desk();
    await place.stop('hub');
  }],
  ['a description that cannot be read closes that tenant, and no other', async () => {
    const path = place.path(`hub/tenants/${tenant}/tenant.json`), whole = readFileSync(path);
    writeFileSync(path, '');
    await place.startHub();
    await desk().then(() => must(false, 'its clerk signs in'), (error) => must(error.body?.code, error.message));
    await new Desk(place.hubUrl).post('/api/session/password', { tenant: '99001077', user: 'ada', password: state.password });
    must(place.children.hub.log.includes('tenant does not open'), 'the log says nothing');
    await place.stop('hub');
    writeFileSync(path, whole);
    await place.startHub();
    await desk();
    await place.stop('hub');
  }],
  ['who does not own the data folder is sent to whom it belongs to', async () => {
    if (process.getuid() !== 0) return;
    chownSync(place.path('hub'), 65534, 65534);
    try {
      for (const words of [['tenant', 'list'], ['user', 'list', tenant], ['backup', tenant, place.path('fremd.backup')], ['upgrade']])
        must(place.admin(words, { code: 1 }).includes('belongs to nobody'), `${words[0]} was done by somebody else`);
    } finally {
      chownSync(place.path('hub'), 0, 0);
    }
  }],
  ['a flipped byte is found and named', async () => {
    flip(place.path(`hub/tenants/${tenant}/store.db`), Math.floor(statSync(place.path(`hub/tenants/${tenant}/store.db`)).size / 2));
    must(/DAMAGED/.test(place.admin(['verify'], { code: 1 })), 'not found');
  }],
]);
