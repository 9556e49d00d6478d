#!/usr/bin/env node
// `./dev run --check`: the main job from start to end, without a person. Real processes, real HTTP, a real
// emulated line, real kills. One line per step with its figure; ends non-zero at the first that fails.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, openSync, readSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Demo, Desk, people, sleep, until, isoDay, newId, program, tenant } from './demo.mjs';
import { flowsOf, tlsRecords } from './packets.mjs';
import { registrationForm, signerOf, scanPage, signaturePng, pdfText } from './material.mjs';

const { values: options } = parseArgs({ options: { residents: { type: 'string', default: '30000' }, keep: { type: 'boolean', default: false } } });
const demo = new Demo({ residents: Number(options.residents), packets: true });
let step = 'start';
const passed = (number, text) => console.log(`✓ ${number}  ${text}`);
const must = (condition, text) => { if (!condition) throw new Error(text); };
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const hub = () => new Desk(demo.hubUrl);
const koffer = () => new Desk(demo.kofferUrl);
const state = {};

async function main() {
  step = '1';
  const first = await demo.start();
  const fields = Object.values(people).slice(0, 4);
  for (const person of fields) await hub().password(person);
  await demo.stop();
  const second = await demo.start();
  must(second < 10, `the second start took ${second} s`);
  passed(1, `Testland with 2 × ${options.residents} residents stands; first start ${first.toFixed(1)} s, second ${second.toFixed(1)} s; four sign-ins work`);
  await step2(); await step3(); await step4(); await step5(); await step6(); await step7(); await step8(); await step9(); step10();
}

async function step2() {
  step = '2';
  const desk = (state.jutta = hub());
  await desk.password(people.jutta);
  const resident = (await desk.query('person.search', { text: 'Schroder Erna' })).hits[0];
  must(resident, 'the resident of the tour is not found by name');
  state.resident = (await desk.query('person.get', { person_id: resident.person_id ?? resident.id })).person;
  const site = (await desk.query('site.list')).sites[0];
  const staff = (await desk.query('staff.list')).staff.filter((person) => person.has_pin);
  const device = (await desk.query('device.list')).devices.find((one) => one.state === 'active');
  must(site && staff.length >= 2 && device, 'site, staff or Koffer missing');
  const { tour_id } = await desk.command('tour.plan', { site_id: site.id, day: isoDay(), from: '00:01', until: '23:59', staff: staff.map((one) => one.id), device_id: device.id });
  state.tour = tour_id;
  await desk.command('appointment.add', { tour_id, at: '09:00', minutes: 20, procedure: 'residence.registration', person_id: state.resident.id, name: 'Erna Luise Schroder', consent: true });
  state.appointment = (await desk.command('appointment.add', { tour_id, at: '09:30', minutes: 20, procedure: 'residence.registration', name: 'Wéronika Łącka', consent: true })).appointment_id;
  const suitcase = koffer();
  const { tours } = await suitcase.get('/api/koffer/tours');
  const member = tours.find((one) => one.id === tour_id).staff.find((one) => one.name === 'Deniz Aydın');
  const began = Date.now();
  const fetched = await suitcase.post('/api/koffer/check_out', { tour_id, user_id: member.id, pin: people.deniz.pin });
  const store = readFileSync(join(demo.data, 'demo/koffer-1/tour/store.db'));
  must(!store.includes('Schroder') && !store.includes('SQLite format'), 'the working set is not encrypted');
  passed(2, `tour planned with two appointments; working set of ${fetched.rows} rows arrived encrypted in ${seconds(Date.now() - began)}`);
}

async function step3() {
  step = '3';
  await demo.line({ connected: false });
  await sleep(300);
  const crossed = async () => { const { line } = await demo.control('state'); return line.up.packets_delivered + line.down.packets_delivered; };
  const before = await crossed();
  // Meanwhile the hub corrects the resident of the tour (for step 7).
  await state.jutta.command('person.correct', { person_id: state.resident.id, field: 'family_name', old_value: 'Schroder', new_value: 'Schröder', mode: 'correction', source: 'Geburtsurkunde 12/1938, Standesamt Testhausen' });
  const desk = (state.deniz = koffer());
  await desk.pin(people.deniz);
  desk.steps = [];
  await desk.query('desk.today');
  await desk.command('person.correct', { person_id: state.resident.id, field: 'family_name', old_value: 'Schroder', new_value: 'Schroeder', mode: 'correction', source: 'Reisepass C01X00T47, Stadt Testhausen' });
  const opened = await desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', appointment_id: state.appointment, tour_id: state.tour });
  state.case = opened.case_id;
  const form = registrationForm({ movedIn: isoDay(16) });
  await desk.command('draft.save', { case_id: state.case, form });
  state.scans = [];
  for (let page = 1; page <= 3; page++) {
    const bytes = scanPage(page);
    const { hash, size } = await desk.upload(bytes);
    await desk.command('case.attach', { case_id: state.case, kind: 'lessor_confirmation', hash, size, title: `Wohnungsgeberbestätigung, Seite ${page}`, media_type: 'image/jpeg', original_seen: true });
    state.scans.push({ hash, bytes });
  }
  const submitted = await desk.command('case.submit', { case_id: state.case, form });
  const signature = await desk.upload(signaturePng());
  await desk.command('case.sign', { case_id: state.case, form_hash: submitted.form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
  const notice = await desk.letter('privacy_notice', state.case);
  await desk.command('case.hand_over', { case_id: state.case, what: 'privacy_notice', way: 'paper' });
  const declaration = await desk.letter('declaration', state.case);
  must(pdfText(declaration.pdf).includes('Łącka'), 'the signed copy does not show the name');
  must(/Art\. ?13/.test(pdfText(notice.pdf)), 'the privacy notice does not name Art. 13');
  await desk.command('case.hand_over', { case_id: state.case, what: 'declaration', way: 'paper' });
  const { number, certainty } = await desk.command('case.issue_receipt', { case_id: state.case });
  const receipt = await desk.letter('receipt', state.case);
  must(/^K1-Q\d{6}$/.test(number) && pdfText(receipt.pdf).includes(number), `the receipt does not carry its number ${number}`);
  await desk.command('case.hand_over', { case_id: state.case, what: 'receipt', way: 'paper' });
  const checked = await desk.command('case.precheck', { case_id: state.case });
  must(checked.status === 'prechecked_offline' && certainty === 'here', `status ${checked.status}, certainty ${certainty}`);
  state.receipt = number;
  must((await crossed()) === before, 'packets crossed the cut line');
  const times = desk.steps.map((one) => one.ms).sort((a, b) => a - b);
  passed(3, `registration taken without a line: receipt ${number}, 3 pages, signed, handed over; ${times.length} steps, median ${times[times.length >> 1].toFixed(0)} ms, slowest ${times.at(-1).toFixed(0)} ms`);
}

async function step4() {
  step = '4';
  const desk = state.deniz;
  const second = await desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Abbruch mitten im Satz', tour_id: state.tour });
  const form = { ...registrationForm({ movedIn: isoDay(3) }), moved_in: undefined };
  const { saved_at } = await desk.command('draft.save', { case_id: second.case_id, form });
  await demo.kill('node');
  const began = Date.now();
  await until('the Koffer is down', async () => !(await demo.control('state')).processes.find((one) => one.name === 'node').running, 5);
  await demo.startProcess('node');
  await until('the Koffer answers again', async () => (await fetch(`${demo.kofferUrl}/api/health`)).ok, 20);
  const back = (state.deniz = koffer());
  await until('PIN after the restart', () => back.pin(people.deniz), 10);
  const ready = Date.now() - began;
  const draft = (await back.query('case.get', { case_id: second.case_id })).draft;
  must(draft?.form?.persons?.[0]?.person?.family_name === form.persons[0].person.family_name && saved_at, 'the draft is gone');
  const whole = await back.query('case.get', { case_id: state.case });
  must(whole.case.status === 'prechecked_offline' && whole.documents.filter((one) => one.verified).length >= 3, 'the finished case is not whole');
  await back.command('case.withdraw', { case_id: second.case_id, reason: 'Prüflauf' });
  passed(4, `kill -9 in the middle: everything confirmed as stored is there; signed in again after ${seconds(ready)}`);
}

async function step5() {
  step = '5';
  const events = state.jutta.listen();
  await events.opened;
  state.events = events;
  await demo.line({ profile: 'schlecht' });
  await demo.line({ connected: true });
  const began = Date.now();
  const arrived = await until('the text at the hub', async () => (await state.jutta.query('case.list', { tour_id: state.tour })).cases.find((one) => one.id === state.case && one.status === 'prechecked_offline'), 90);
  const text = Date.now() - began;
  must(arrived, 'case missing');
  const held = async () => (await state.jutta.query('case.get', { case_id: state.case })).documents.reduce((sum, one) => sum + one.chunks_held, 0);
  const scansBefore = await held();
  const cut = async (after, seconds) => {
    await until(`${after} chunks at the hub`, async () => (await held()) >= after, 240);
    await demo.line({ connected: false });
    await sleep(seconds * 1000);
  };
  await cut(scansBefore + 2, 8);
  await demo.line({ connected: true });
  await cut(scansBefore + 5, 8);
  await demo.line({ new_address: true });
  await demo.line({ connected: true });
  await until('all scans at the hub', async () => (await state.jutta.query('case.get', { case_id: state.case })).documents.every((one) => one.verified), 400);
  const total = Date.now() - began;
  for (const { hash, bytes } of state.scans) must(bytes.equals(await state.jutta.get(`/api/documents/${hash}?case=${state.case}`)), 'a scan is not bit-identical');
  const { line } = await state.deniz.get('/api/session');
  const { arrived: counts } = (await state.jutta.get('/api/session')).line;
  must(counts.chunks_repeated <= 2, `${counts.chunks_repeated} chunks that the hub held were sent again after two cuts`);
  passed(5, `64 kbit/s, 400 ms, 5 % loss, two cuts (then a new address): text ${seconds(text)}, all ${seconds(total)}; ${scansBefore} chunks when the text was there; sent again of what was durable: ${counts.chunks_repeated} of ${counts.chunks} chunks, of what was still on its way: ${line.sent.chunks_again}; ${line.sent.connections} connections`);
}

async function step6() {
  step = '6';
  const live = state.events.seen.find((event) => event.changed?.some((one) => one.type === 'case' && one.id === state.case));
  must(live, 'no live event named the case');
  state.events.socket.close();
  const desk = state.jutta;
  const { findings } = await desk.query('residence.findings', { case_id: state.case });
  const codes = findings.map((one) => one.code ?? one.name);
  for (const code of ['residence.duplicates', 'residence.one_main_dwelling', 'residence.previous_dwelling', 'residence.blocks_in_dwelling']) must(codes.includes(code), `check ${code} is missing`);
  must(findings.every((one) => one.state !== 'unknown'), 'a check is unknown at the hub');
  const booked = await desk.command('residence.book', { case_id: state.case });
  must(booked.certainty === 'final', `certainty ${booked.certainty}`);
  const { pdf } = await desk.letter('confirmation', state.case);
  const words = pdfText(pdf);
  must(words.includes('Łącka') && words.includes('Meldebestätigung'), 'the confirmation is not readable');
  for (const secret of ['Staatsangehörigkeit', 'Familienstand', 'Religion', 'Geburtsort']) must(!words.includes(secret), `the confirmation says too much: ${secret}`);
  const person = await desk.query('person.get', { person_id: booked.person_id });
  must(person.dwellings.length >= 2, `the register shows ${person.dwellings.length} dwellings`);
  const { messages } = await desk.query('outbox.list', { case_id: state.case });
  must(messages.some((one) => one.message_type.includes('rueckmeldung')) && messages.every((one) => one.due_on), 'the Rückmeldung with its deadline is missing');
  await until('the other authorities have taken every message', async () =>
    (await desk.query('outbox.list', { case_id: state.case })).messages.every((one) => one.state === 'acknowledged'), 60);
  await until('the former municipality has answered', async () => {
    const { findings: now } = await desk.query('case.get', { case_id: state.case });
    return now.filter((one) => one.code.startsWith('residence.auswertung.')).every((one) => one.state === 'done');
  }, 60);
  await demo.line({ profile: 'gut' });
  await until('the Koffer knows it is final', async () => (await state.deniz.query('case.get', { case_id: state.case })).case.status === 'booked', 30);
  passed(6, `case appeared live; ${findings.length} checks against the whole register; booked; confirmation as PDF; ${messages.length} messages, first due on ${messages[0].due_on}, all taken by the simulator, Auswertung back`);
}

async function step7() {
  step = '7';
  const desk = state.jutta;
  const conflict = (await desk.query('conflict.list', { state: 'open' })).conflicts.find((one) => one.subject_id === state.resident.id);
  must(conflict, 'there is no conflict');
  must(conflict.here_value === 'Schröder' && conflict.there_value === 'Schroeder', `values ${conflict.here_value} / ${conflict.there_value}`);
  must(conflict.here_by === 'Jutta Petersen' && conflict.there_by === 'Deniz Aydın' && conflict.here_at_ms && conflict.there_at_ms && conflict.there_origin === 'Koffer 1', 'origin, time or person is missing');
  await desk.command('conflict.decide', { conflict_id: conflict.id, choice: 'there', reason: 'Reisepass lag vor' });
  const { person } = await desk.query('person.get', { person_id: state.resident.id });
  must(person.family_name === 'Schroeder', `the register says ${person.family_name}`);
  passed(7, `two values with origin, time and person; decided for the Koffer's, journalled`);
}

async function step8() {
  step = '8';
  const began = Date.now();
  await state.deniz.post('/api/koffer/check_in');
  await until('the Koffer is empty', async () => !existsSync(join(demo.data, 'demo/koffer-1/tour')), 60);
  const copy = join(demo.data, 'demo/hub-copy', tenant, 'store.db');
  must(existsSync(copy), 'the second copy is missing');
  const left = readdirSync(join(demo.data, 'demo/koffer-1'), { recursive: true });
  must(!left.some((name) => name.includes('store')), `left: ${left}`);
  const tour = await until('the hub knows', async () => { const got = (await state.jutta.query('tour.get', { tour_id: state.tour })).tour; return got.wiped_ms && got; }, 30);
  must(tour.state === 'in', `tour state ${tour.state}`);
  passed(8, `checked in after ${seconds(Date.now() - began)}: second copy ${(statSync(copy).size / 1e6).toFixed(0)} MB durable, then wiped; the Koffer holds ${left.join(', ')}`);
}

async function step9() {
  step = '9';
  const { journal } = await state.jutta.query('case.get', { case_id: state.case });
  const names = journal.map((one) => one.name);
  for (const name of ['case.open', 'case.attach', 'case.submit', 'case.sign', 'case.hand_over', 'case.issue_receipt', 'case.precheck', 'residence.book', 'case.get']) must(names.includes(name), `the journal lacks ${name}`);
  must(journal.some((one) => one.kind === 'read' && one.place === 'koffer'), 'reads at the Koffer are not in the journal');
  await demo.stop();
  const verify = () => { try { return { code: 0, text: execFileSync(program, ['admin', '--data', join(demo.data, 'demo/hub'), 'verify'], { encoding: 'utf8' }) }; } catch (error) { return { code: error.status, text: error.stdout }; } };
  const whole = verify();
  must(whole.code === 0, `verify found faults:\n${whole.text}`);
  const path = join(demo.data, 'demo/hub/tenants', tenant, 'store.db');
  const file = openSync(path, 'r+'), byte = Buffer.alloc(1), at = Math.floor(statSync(path).size / 2);
  readSync(file, byte, 0, 1, at); byte[0] ^= 0x10; writeSync(file, byte, 0, 1, at); closeSync(file);
  const broken = verify();
  must(broken.code === 1 && /DAMAGED \w+/.test(broken.text), `a changed byte was not found:\n${broken.text}`);
  passed(9, `journal tells ${journal.length} entries of the case, reads included; verified (${whole.text.trim().split('\n')[0]}); changed byte found: ${broken.text.match(/DAMAGED [^\n]*/)[0].slice(0, 70)}`);
}

/** What somebody sees who listens at an open WLAN: TLS and nothing else, from the first byte of each connection to the last. */
function step10() {
  step = '10';
  const said = { connections: 0, bytes: 0 };
  for (const number of demo.captures.keys()) {
    const bytes = readFileSync(join(demo.data, `line.${number + 1}.pcap`));
    for (const word of ['Schroder', 'Schröder', 'Łącka', 'residence.registration', 'Testhausen']) must(!bytes.includes(word), `${word} crossed the line in the clear`);
    for (const flow of flowsOf(bytes)) {
      said.bytes += tlsRecords(flow);
      said.connections++;
    }
  }
  // Otherwise nobody listened: three scans crossed it.
  must(said.connections >= 2 && said.bytes > 300_000, `only ${JSON.stringify(said)} were heard`);
  passed(10, `who listened on the line saw ${said.connections} directions of connections, ${(said.bytes / 1e6).toFixed(1)} MB, all of it TLS`);
}

try {
  await main();
} catch (error) {
  console.error(`✗ ${step}  ${error.message}`);
  if (process.env.WA_TRACE) console.error(error.stack);
  for (const name of ['hub', 'node']) console.error(`--- ${name}.log\n${demo.log(name).split('\n').slice(-8).join('\n')}`);
  process.exitCode = 1;
} finally {
  await demo.stop();
  if (!options.keep) demo.remove(); else console.log(`data kept: ${demo.data}`);
}
