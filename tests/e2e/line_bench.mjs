#!/usr/bin/env node
// The part of `./dev bench` that needs a line: the main case, taken without one, on its way to the hub over
// three lines, against what the line itself would need for the same bytes.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Demo, Desk, people, sleep, until, isoDay } from './demo.mjs';
import { registrationForm, scanPage, signaturePng } from './material.mjs';

const { values: options } = parseArgs({ strict: false, options: {
  json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true, default: [] }, residents: { type: 'string', default: '2000' } } });
if (options.only.length && !options.only.includes('line')) process.exit(0);

const profiles = options.quick ? ['mobil'] : ['mobil', 'edge', 'schlecht'];
const pages = 3;
const demo = new Demo({ residents: Number(options.residents) });
const progress = (text) => console.error(`… ${text}`);
const less = (unit) => `${unit} (less is better)`;

/** As src/apps/bench/report.cpp prints it. */
function report(name, ours, bound, unit) {
  const ratio = bound ? ours / bound : null;
  const rounded = (value) => (value === null ? null : Number(value.toFixed(3)));
  if (options.json) console.log(JSON.stringify({ name, ours: rounded(ours), bound: rounded(bound), ratio: rounded(ratio), unit }));
  else console.log([name.padEnd(52), ...[[ours, 12], [bound, 12], [ratio, 8]].map(([value, width]) => (value === null ? '-' : value.toFixed(2)).padStart(width))].join(' ') + `  ${unit}`);
}

async function checkOut(hub) {
  const site = (await hub.query('site.list')).sites[0];
  const staff = (await hub.query('staff.list')).staff.filter((person) => person.has_pin);
  const device = (await hub.query('device.list')).devices.find((one) => one.state === 'active');
  const { tour_id } = await hub.command('tour.plan', { site_id: site.id, day: isoDay(), from: '00:01', until: '23:59', staff: staff.map((one) => one.id), device_id: device.id });
  const koffer = new Desk(demo.kofferUrl);
  const { tours } = await koffer.get('/api/koffer/tours');
  const member = tours.find((one) => one.id === tour_id).staff.find((one) => one.name === 'Deniz Aydın');
  await koffer.post('/api/koffer/check_out', { tour_id, user_id: member.id, pin: people.deniz.pin });
  await koffer.pin(people.deniz);
  return { koffer, tour: tour_id };
}

/** Attaches a few bytes instead of a letter: the same command, next to no document. */
async function attachStub(koffer, case_id, letter, number) {
  const { hash, size } = await koffer.upload(scanPage(number, 64));
  await koffer.command('case.attach', { case_id, kind: `letter.${letter}`, hash, title: letter, media_type: 'application/pdf', size });
}

/** The main case from the form to the receipt, letters included. `first` makes its documents new ones; `stubs`:
 *  the same commands with documents of 64 bytes, so that what is sent is the text. */
async function takeCase(koffer, tour, first, stubs = false) {
  const letter = (name, number) => (stubs ? attachStub(koffer, case_id, name, first + number) : koffer.letter(name, case_id));
  const { case_id } = await koffer.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: tour });
  const form = registrationForm({ movedIn: isoDay(16) });
  await koffer.command('draft.save', { case_id, form });
  for (let page = 1; page <= pages; page++) {
    const { hash, size } = await koffer.upload(stubs ? scanPage(first + page, 64) : scanPage(first + page));
    await koffer.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: `Wohnungsgeberbestätigung, Seite ${page}`, media_type: 'image/jpeg', original_seen: true });
  }
  const { form_hash } = await koffer.command('case.submit', { case_id, form });
  // A signature of its own size, so that no case finds the one before at the hub.
  const signature = await koffer.upload(stubs ? scanPage(first + 9, 64) : signaturePng(400 + first, 120));
  await koffer.command('case.sign', { case_id, form_hash, signer: 'Wéronika Łącka', method: 'pad', signature: signature.hash });
  await letter('privacy_notice', 4);
  await koffer.command('case.hand_over', { case_id, what: 'privacy_notice', way: 'paper' });
  await letter('declaration', 5);
  await koffer.command('case.hand_over', { case_id, what: 'declaration', way: 'paper' });
  await koffer.command('case.issue_receipt', { case_id });
  await letter('receipt', 6);
  await koffer.command('case.hand_over', { case_id, what: 'receipt', way: 'paper' });
  await koffer.command('case.precheck', { case_id });
  return case_id;
}

const lineOf = async (koffer) => (await koffer.get('/api/session')).line;
const empty = (koffer) => until('the queue to be empty', async () => {
  const { connected, queue } = await lineOf(koffer);
  return connected && queue && queue.commands === 0 && queue.chunks === 0;
}, 120);

/** Bytes the text of the case takes on its way: compressed, framed, answered. */
async function textBytes(koffer, tour, first) {
  await empty(koffer);
  await demo.line({ connected: false });
  const before = (await lineOf(koffer)).sent;
  await takeCase(koffer, tour, first, true);
  await sleep(500);
  const { queue } = await lineOf(koffer);
  await demo.line({ connected: true });
  await empty(koffer);
  await sleep(300);
  const after = (await lineOf(koffer)).sent;
  return { packed: after.bytes - before.bytes - (after.bytes_again - before.bytes_again), plain: queue.bytes };
}

async function measure(hub, koffer, tour, profile, first, textPacked) {
  progress(`line: ${profile.label}`);
  await demo.line({ profile: 'gut', connected: true });
  await empty(koffer);
  await demo.line({ connected: false });
  // Before the case: until the cut is noticed, frames go into the socket and count as sent.
  const before = (await lineOf(koffer)).sent;
  const id = await takeCase(koffer, tour, first);
  const documents = (await koffer.query('case.get', { case_id: id })).documents.length;
  await sleep(500);
  const queued = (await lineOf(koffer)).queue;
  const wireBefore = (await demo.control('state')).line.up.bytes_offered;
  await demo.line({ profile: profile.name });
  await demo.line({ connected: true });
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  await until('the text at the hub', async () => (await hub.query('case.list', { tour_id: tour })).cases.some((one) => one.id === id && one.status === 'prechecked_offline'), 300, 50);
  const text = seconds();
  await until('everything at the hub', async () => {
    const got = (await hub.query('case.get', { case_id: id })).documents;
    return got.length === documents && got.every((one) => one.verified);
  }, 600, 100);
  const all = seconds();
  await sleep(300);
  const after = (await lineOf(koffer)).sent;
  const wire = (await demo.control('state')).line.up.bytes_offered - wireBefore;
  const again = after.bytes_again - before.bytes_again;
  const bytes = after.bytes - before.bytes - again;
  const onLine = (count) => count * 8 / (profile.rate_up_bit_per_s * (1 - profile.loss)) + 2 * profile.delay_ms / 1000;
  const name = `line.${profile.name}`;
  report(`${name}.everything_at_hub`, all, onLine(bytes), less('s'));
  report(`${name}.text_at_hub`, text, onLine(textPacked), less('s'));
  report(`${name}.payload_sent`, bytes / 1000, queued.bytes / 1000, less('kB; bound: before compression'));
  report(`${name}.bytes_on_the_wire`, wire / 1000, bytes / 1000, less('kB; bound: payload'));
  report(`${name}.bytes_sent_again`, again / 1000, null, less('kB'));
}

const residentMb = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) * 1024 / 1e6;

try {
  progress('line: starting hub, Koffer and emulated line');
  await demo.start();
  const hub = new Desk(demo.hubUrl);
  await hub.password(people.jutta);
  const { koffer, tour } = await checkOut(hub);
  const known = (await demo.control('state')).profiles;
  let first = 10;
  const text = await textBytes(koffer, tour, first);
  report('line.text_of_the_case', text.packed / 1000, text.plain / 1000, less('kB sent; bound: before compression'));
  for (const name of profiles) await measure(hub, koffer, tour, known.find((one) => one.name === name), first += 10, text.packed);
  const { processes } = await demo.control('state');
  for (const [name, goal] of [['hub', null], ['node', 100]])
    report(`memory.${name}_after_work`, residentMb(processes.find((one) => one.name === name).pid), goal, less('MB'));
} catch (error) {
  console.error(`line: ${error.message}`);
  for (const name of ['hub', 'node']) console.error(`--- ${name}.log\n${demo.log(name).split('\n').slice(-8).join('\n')}`);
  process.exitCode = 1;
} finally {
  await demo.stop();
  demo.remove();
}
