// What the measurements with real processes share.
import { parseArgs } from 'node:util';
import { Desk, people, isoDay } from './demo.mjs';
import { registrationForm, signerOf, scanPage, signaturePng } from './material.mjs';

const pages = 3;

/** The words behind `./dev bench`: sections (all when there is none), --json, --quick. */
export function benchOptions() {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true, options: {
    json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false },
    persons: { type: 'string' }, line: { type: 'string', multiple: true }, only: { type: 'string', multiple: true }, part: { type: 'string', multiple: true }, write: { type: 'boolean', default: false }, lanes: { type: 'string', default: '4' }, residents: { type: 'string' }, store: { type: 'string' }, in: { type: 'string' } } });
  return { ...values, wants: (section) => positionals.length === 0 || positionals.includes(section) };
}

/** As src/apps/bench/report.cpp prints it. */
export const reporter = (options) => (name, ours, bound, unit) => {
  const ratio = bound && ours !== null ? ours / bound : null;
  const rounded = (value) => (value === null ? null : Number(value.toFixed(3)));
  if (options.json) console.log(JSON.stringify({ name, ours: rounded(ours), bound: rounded(bound), ratio: rounded(ratio), unit }));
  else console.log([name.padEnd(52), ...[[ours, 12], [bound, 12], [ratio, 8]].map(([value, width]) => (value === null ? '-' : value.toFixed(2)).padStart(width))].join(' ') + `  ${unit}`);
};

/** Plans a tour of today, with an appointment of each of the persons, and takes the Koffer along. */
export async function checkOut(demo, hub, persons = []) {
  const site = (await hub.query('site.list')).sites[0];
  const staff = (await hub.query('staff.list')).staff.filter((person) => person.has_pin);
  const device = (await hub.query('device.list')).devices.find((one) => one.state === 'active');
  const { tour_id } = await hub.command('tour.plan', { site_id: site.id, day: isoDay(), from: '00:01', until: '23:59', staff: staff.map((one) => one.id), device_id: device.id });
  for (const one of persons)
    await hub.command('appointment.add', { tour_id, at: '09:00', minutes: 20, procedure: 'residence.registration', person_id: one.person_id, name: one.name, consent: true });
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

/** The main case from the form to the receipt. `first` makes its documents new ones; without `letters` the same
 *  commands with documents of 64 bytes. */
export async function takeCase(koffer, tour, first, { letters = true, scans = pages, scanBytes = 110_000, who } = {}) {
  const letter = (name, number) => (letters ? koffer.letter(name, case_id) : attachStub(koffer, case_id, name, first + number));
  const { case_id } = await koffer.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: who ? `${who.given} ${who.family}` : 'Wéronika Łącka', tour_id: tour });
  const form = registrationForm({ movedIn: isoDay(16), who });
  await koffer.command('draft.save', { case_id, form });
  for (let page = 1; page <= scans; page++) {
    const { hash, size } = await koffer.upload(scanPage(first * 100 + page, scanBytes));
    await koffer.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: `Wohnungsgeberbestätigung, Seite ${page}`, media_type: 'image/jpeg', original_seen: true });
  }
  const { form_hash } = await koffer.command('case.submit', { case_id, form });
  // A signature of its own size, so that no case finds the one before at the hub.
  const signature = await koffer.upload(signaturePng(400 + first, 120));
  await koffer.command('case.sign', { case_id, form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
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

export const lineOf = async (koffer) => (await koffer.get('/api/session')).line;
