#!/usr/bin/env node
// Useless to a thief: a Koffer with a TPM (swtpm) and without one goes through its tours with everything it ever gives
// to a file or its log recorded (record_writes.c). After check-in, expiry and loss nothing of Testland is in the record:
// no name (every text of the rows it got), no byte of a scan, no PIN, no key it ever used. A leak that is put in is found.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, openSync, closeSync, fstatSync, readFileSync, readdirSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Desk, people, tenant, isoDay, until, root } from '../e2e/demo.mjs';
import { registrationForm, signerOf, scanPage, signaturePng, pdfText } from '../e2e/material.mjs';
import { Place, clockAhead, must, run, steps } from '../operation/hub.mjs';
import { fetchTour, planTour } from '../operation/tours.mjs';

const withTpm = !process.argv.includes('--no-tpm');
const place = new Place();
const state = { scans: [], words: ['Łącka', 'Wéronika', 'Birkengrund', 'LZ6311T47', people.deniz.pin, people.marta.pin] };
const day = 86400000;
const shim = place.path('record_writes.so');
const record = { written: place.path('written'), secrets: place.path('secrets') };
const watched = (days = 0) => ({ LD_PRELOAD: shim, WA_WRITTEN: record.written, WA_SECRETS: record.secrets, ...clockAhead(days * day) });
const koffer = () => new Desk(state.url);
const startKoffer = (days = 0) => place.start('koffer', ['node', '--config', place.path('koffer.toml')], state.url, watched(days));
const tourFile = (name) => place.path(`koffer/tour/${name}`);
/** How many sealed steps the hub has answered, and how many it has not. */
function sealedSteps() {
  const queue = new DatabaseSync(tourFile('sealed.db'), { readOnly: true });
  const { waiting, answered } = queue.prepare("SELECT count(*) FILTER (WHERE state = 'queued') AS waiting, count(*) FILTER (WHERE state <> 'queued') AS answered FROM envelope").get();
  queue.close();
  return { waiting, answered };
}

/** Where in the record something stands that nobody may find; empty when nothing does. */
function findings(extra = []) {
  const file = openSync(record.written, 'r'), size = fstatSync(file).size, overlap = 256, step = 32 << 20;
  const secrets = readFileSync(record.secrets), needles = new Map();
  for (const word of [...state.words, ...extra]) for (const encoding of ['utf8', 'utf16le']) needles.set(`"${word}" (${encoding})`, Buffer.from(word, encoding));
  for (const [page, bytes] of state.scans.entries()) for (let at = 100; at + 24 < bytes.length; at += 4096) needles.set(`scan ${page + 1} at ${at}`, bytes.subarray(at, at + 24));
  const own = withTpm ? '' : readFileSync(place.path('first-device.key'), 'utf8');
  const keys = new Set();
  for (let at = 0; at + 32 <= secrets.length; at += 32) keys.add(secrets.subarray(at, at + 32).toString('hex'));
  for (const hex of keys) {
    if (own.includes(hex)) continue; // without a TPM the device's own two keys are in its file; docs/threat-model.md says so
    const raw = Buffer.from(hex, 'hex');
    for (const [name, bytes] of [['raw', raw], ['hex', Buffer.from(hex)], ['base64', Buffer.from(raw.toString('base64').slice(0, 42))], ['base64url', Buffer.from(raw.toString('base64url').slice(0, 42))]]) needles.set(`key ${hex.slice(0, 8)}… (${name})`, bytes);
  }
  if (withTpm) needles.set('a TLS key', Buffer.from('PRIVATE KEY'));
  const found = [], block = Buffer.alloc(step + overlap);
  for (let at = 0; at < size; at += step) {
    const part = block.subarray(0, readSync(file, block, 0, step + overlap, at));
    for (const [name, bytes] of needles) if (part.includes(bytes)) found.push(name);
  }
  closeSync(file);
  return { found: [...new Set(found)], keys: keys.size, needles: needles.size, size };
}
/** What the Koffer got of people and places: every text of these answers that is long enough to be looked for, and its words.
 *  Not what pages and catalogue contain, nor what stands open in tour.json, which is no citizen's: `open` of it. */
function learn(open, ...answers) {
  const texts = new Set(), visit = (value, key = '') => {
    if (Array.isArray(value)) value.forEach((one) => visit(one, key));
    else if (value && typeof value === 'object') Object.entries(value).forEach(([name, one]) => visit(one, name));
    else if (typeof value === 'string' && !codes.test(key)) for (const part of [value, ...value.split(/[\s,/]+/)]) if (part.length >= 5) texts.add(part);
  };
  answers.forEach((one) => visit(one));
  const tour = JSON.parse(readFileSync(tourFile('tour.json'), 'utf8'));
  const known = [...state.pages, JSON.stringify(open.map((name) => tour[name]))];
  for (const text of texts) if (!state.words.includes(text) && !known.some((one) => one.includes(text))) state.words.push(text);
}
// Numbers of rows, hashes, moments and short codes say nothing about anybody.
const codes = /(^|_)(id|ids|hash|version|state|status|code|kind|procedure|role|roles|day|at|from|until|type|certainty|login)$/;

function nothingFound() {
  const { found, keys, needles, size } = findings();
  must(found.length === 0, `found: ${found.slice(0, 5).join(', ')} (${found.length} in all)`);
  must(state.words.length > 25, `only ${state.words.length} texts are looked for`);
  must(keys > 3 && size > 100_000, `the record is too small to say anything: ${keys} keys, ${size} bytes`);
  return `${(size / 1e6).toFixed(1)} MB written, ${needles} things looked for (${state.words.length} texts), ${keys} keys used`;
}

async function plan(from, until) {
  const desk = await place.hubDesk();
  const resident = (await desk.query('person.search', { text: 'Schroder Erna' })).hits[0];
  const person = (await desk.query('person.get', { person_id: resident.person_id ?? resident.id })).person;
  state.words.push(person.family_name, `${person.given_names}`);
  const tour_id = await planTour(desk, state.device, { from, until });
  await desk.command('appointment.add', { tour_id, at: from, minutes: 20, procedure: 'residence.registration', person_id: person.id, name: 'Erna Luise Schroder', consent: true });
  const { appointments, ...tour } = await desk.query('tour.get', { tour_id });
  const site = (await desk.query('site.list')).sites[0];
  const staff = (await desk.query('staff.list')).staff.filter((one) => one.has_pin);
  state.got = { citizens: [await desk.query('person.get', { person_id: person.id }), appointments], id: person.id, office: [site, tour, staff] };
  return tour_id;
}
async function carryTour(from, until) {
  const tour = await plan(from, until);
  const desk = await fetchTour(state.url, tour);
  // The household that came with the resident, as the Koffer shows it.
  learn(['tenant', 'streets'], ...state.got.citizens, await desk.query('person.get', { person_id: state.got.id }), (await desk.query('desk.today')).next);
  learn(['tenant', 'streets', 'keys', 'site', 'day'], ...state.got.office);
  return { tour, desk };
}
/** The whole of a registration, down to the receipt in the person's hand. */
async function finishCase({ tour, desk }) {
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: tour });
  const form = registrationForm({ movedIn: isoDay(3) });
  const bytes = scanPage(state.scans.length + 11, 120_000);
  state.scans.push(bytes);
  const { hash, size, preview } = await desk.upload(bytes);
  await desk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, ...(preview && { preview }), title: 'Bestätigung Birkengrund', media_type: 'image/jpeg', original_seen: true });
  if (preview) state.scans.push(await desk.get(`/api/documents/${preview}?case=${case_id}`));
  const submitted = await desk.command('case.submit', { case_id, form });
  const signature = await desk.upload(signaturePng());
  await desk.command('case.sign', { case_id, form_hash: submitted.form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
  await desk.command('case.hand_over', { case_id, what: 'privacy_notice', way: 'paper' });
  await desk.command('case.issue_receipt', { case_id });
  await desk.letter('receipt', case_id);
  await desk.command('case.hand_over', { case_id, what: 'receipt', way: 'paper' });
  await desk.command('case.precheck', { case_id });
  return { case_id, hash };
}
async function typeDraft({ tour, desk }) {
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: tour });
  await desk.command('draft.save', { case_id, form: registrationForm({ movedIn: isoDay(3) }) });
  return case_id;
}
const refused = (code) => [() => must(false, `not refused with ${code}`), (error) => must(error.body?.code === code, `${error.message} instead of ${code}`)];
const atHub = (desk, id) => until('the case at the hub', async () => (await desk.query('case.list', { limit: 200 })).cases.some((one) => one.id === id), 60);
const whole = (desk, id) => until('its scans', async () => { const { documents } = await desk.query('case.get', { case_id: id }); return documents.length >= 2 && documents.every((one) => one.verified); }, 60);
const isEmpty = () => until('the Koffer is empty', async () => !existsSync(place.path('koffer/tour')), 60);

await steps(withTpm ? 'thief, with TPM' : 'thief, without TPM', place, [
  ['a Koffer is enrolled with what its machine has', async () => {
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', shim, join(root, 'tests/thief/record_writes.c'), '-ldl']);
    await place.configure();
    place.admin(['testland', '--residents', '300']);
    state.url = await place.configureKoffer('koffer');
    if (withTpm) {
      await place.startTpm();
      appendFileSync(place.path('koffer.toml'), place.tpmLines);
    }
    await place.startHub();
    state.pages = readdirSync(join(root, 'build/web/desk'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
    state.pages.push(JSON.stringify(await new Desk(place.hubUrl).get('/api/catalogue')));
    state.device = place.enrol('koffer', tenant, watched());
    writeFileSync(place.path('first-device.key'), readFileSync(place.path('koffer/device.key')));
    must(!!JSON.parse(readFileSync(place.path('koffer/device.json'))).tpm === withTpm, 'not what the machine has');
    must(readFileSync(place.path('koffer/device.key'), 'utf8').includes('PRIVATE KEY') !== withTpm, 'device.key is not as it should be');
    await startKoffer();
  }],
  ['a finished case cannot be read on the Koffer any more, and arrives whole', async () => {
    await place.stop('hub');
    await place.startHub();
    const open = (state.open = await carryTour('00:01', '06:00'));
    await place.stop('hub');
    const done = (state.done = await finishCase(open));
    state.draft = await typeDraft(open);
    const seen = await open.desk.query('case.get', { case_id: done.case_id });
    must(!JSON.stringify(seen).includes('Łącka') && !JSON.stringify(seen).includes('Birkengrund'), 'the case can still be read');
    must(seen.case.status === 'prechecked_offline', `it is ${seen.case.status}`);
    await open.desk.letter('receipt', done.case_id).then(...refused('tours.case_sealed'));
    await open.desk.get(`/api/documents/${done.hash}?case=${done.case_id}`).then(...refused('tours.case_sealed'));
    await open.desk.command('case.reopen', { case_id: done.case_id, reason: 'Probe' }).then(...refused('tours.case_sealed'));
    await place.startHub();
    const desk = await place.hubDesk();
    await atHub(desk, done.case_id);
    await whole(desk, done.case_id);
    must(state.scans[0].equals(await desk.get(`/api/documents/${done.hash}?case=${done.case_id}`)), 'the scan is another one');
    must(JSON.stringify(await desk.query('case.get', { case_id: done.case_id })).includes('Łącka'), 'the case is empty at the hub');
    const again = await until('the Koffer hears of it', async () => { const got = await open.desk.query('case.get', { case_id: done.case_id }); return got.case.certainty === 'hub' && got; }, 30);
    must(!JSON.stringify(again).includes('Łącka'), 'the hub has brought it back');
  }],
  ['after check-in: drafts are at the hub, the Koffer is empty, nothing is found', async () => {
    await state.open.desk.post('/api/koffer/check_in');
    await isEmpty();
    const desk = await place.hubDesk();
    must((await desk.query('case.get', { case_id: state.draft })).draft?.form?.persons, 'the draft did not come home');
    return nothingFound();
  }],
  ['a tour that expires while nobody has it open loses its keys without a PIN', async () => {
    const open = await carryTour('06:00', '11:00');
    await place.stop('hub');
    state.done = await finishCase(open);
    state.draft = await typeDraft(open);
    state.plain = (await open.desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: open.tour })).case_id;
    await place.stop('koffer');
    must(existsSync(tourFile('store.db')), 'there is no store');
    await startKoffer(3);
    await until('the store is gone', async () => !existsSync(tourFile('store.db')), 30);
    must(existsSync(tourFile('sealed.db')) && !existsSync(tourFile('outer.key')), `left: ${readdirSync(place.path('koffer/tour'))}`);
    await koffer().pin(people.deniz).then(...refused('tour_expired'));
    await place.stop('koffer');
    await startKoffer(0);
    await koffer().pin(people.deniz).then(...refused('tour_expired'));
    return nothingFound();
  }],
  ['what it held goes home sealed, drafts included, and nothing is found', async () => {
    await place.startHub();
    const desk = await place.hubDesk();
    await atHub(desk, state.done.case_id);
    await atHub(desk, state.plain);
    await whole(desk, state.done.case_id);
    await until('the draft', async () => (await desk.query('case.get', { case_id: state.draft })).draft?.form?.persons, 30);
    await isEmpty();
    must((await desk.query('quarantine.list', { state: 'open' })).entries.length === 0, 'something lies in quarantine');
    return nothingFound();
  }],
  ['a queue on a stick is taken once, and the Koffer goes on', async () => {
    const open = await carryTour('11:00', '16:00');
    // What was read of the tour so far is work too: it is to be at the hub before the line ends. The file has it all the same.
    await until('nothing waits', async () => sealedSteps().waiting === 0, 30);
    const { answered } = sealedSteps();
    await place.stop('hub');
    const done = await finishCase(open);
    const draft = await typeDraft(open);
    const fromDesk = await koffer().get('/api/koffer/queue');
    const file = run(['node', '--config', place.path('koffer.toml'), '--export', place.folder]).trim();
    must(fromDesk.length > 100_000 && Math.abs(fromDesk.length - readFileSync(file).length) < 100, 'desk and command line differ');
    state.words.forEach((word) => must(!readFileSync(file).includes(word), `"${word}" on the stick`));
    const first = place.admin(['koffer', 'import', file]);
    must(/^[1-9]\d* steps taken \(0 of them/.test(first) && first.includes(` in quarantine), ${answered} were already here; `), first);
    const second = place.admin(['koffer', 'import', file]);
    must(/^0 steps taken/.test(second) && second.includes('everything in this file is already here'), second);
    const cut = place.path('cut.queue');
    writeFileSync(cut, readFileSync(file).subarray(0, 50_000));
    must(place.admin(['koffer', 'import', cut], { code: 1 }).includes('no whole queue'), 'half a file was taken');
    await place.startHub();
    const desk = await place.hubDesk();
    await whole(desk, done.case_id);
    must((await desk.query('case.get', { case_id: draft })).draft, 'the draft is not there');
    await open.desk.post('/api/koffer/check_in');
    await isEmpty();
    must((await desk.query('case.list', { limit: 200 })).cases.filter((one) => one.id === done.case_id).length === 1, 'twice');
    must((await desk.query('quarantine.list', { state: 'open' })).entries.length === 0, 'something lies in quarantine');
    return first.trim();
  }],
  ['reported lost: no access, keys gone at the next contact, a report for police and insurance', async () => {
    const open = await carryTour('16:00', '21:00');
    const { number, case_id } = await open.desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Wéronika Łącka', tour_id: open.tour });
    const bytes = scanPage(state.scans.length + 11, 120_000);
    state.scans.push(bytes);
    const scan = await open.desk.upload(bytes);
    await open.desk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash: scan.hash, size: scan.size, ...(scan.preview && { preview: scan.preview }), title: 'Bestätigung Birkengrund', media_type: 'image/jpeg', original_seen: true });
    const clerk = await place.hubDesk();
    await atHub(clerk, case_id);
    await until('its scan', async () => (await clerk.query('case.get', { case_id })).documents.some((one) => one.verified), 60);
    await place.stop('koffer');
    const admin = await place.hubDesk(people.olaf);
    const { loss_id } = await admin.command('koffer.report_loss', { device_id: state.device, kind: 'stolen', noticed_on: isoDay(), place: 'Parkplatz Birkenweg', circumstances: 'Scheibe eingeschlagen' });
    await (await place.hubDesk()).get(`/api/losses/${loss_id}.pdf`).then(...refused('permission_denied'));
    const report = pdfText(await admin.get(`/api/losses/${loss_id}.pdf`));
    for (const words of ['Diebstahl eines Bürgerkoffers', 'Scheibe eingeschlagen', 'Schroder', 'Belege K1-', 'Deniz', `${number}: Wohnungsgeberbestätigung`]) must(report.includes(words), `the report lacks ${words}`);
    const [police] = report.split('Anlage: bleibt in der Behörde');
    must(!police.includes('Schroder') && !police.includes('Wohnungsgeberbestätigung'), 'a citizen or a document is named on the page for the police');
    must(/Unterlagen +1 in der Zentrale/.test(police), 'the page for the police does not count the document');
    const { loss } = await admin.query('koffer.loss', { loss_id });
    const [{ documents, persons }] = loss.inventory.tours;
    must(documents.length === 1 && documents[0].case === number && documents[0].title === 'Wohnungsgeberbestätigung' && persons.length > 0, JSON.stringify(documents));
    await startKoffer();
    await until('the keys are gone', async () => !existsSync(tourFile('store.db')), 60);
    await until('the hub hears it', async () => (await admin.query('koffer.losses')).losses[0].destroyed_at_ms, 60);
    await until('the device is none any more', async () => !existsSync(place.path('koffer/device.key')), 120);
    must(!existsSync(place.path('koffer/tour')), 'the tour is still there');
    return nothingFound();
  }],
  ['a leak that is put in is found, also in a file that was deleted at once', async () => {
    const leak = place.path('koffer/leak');
    const write = (text) => execFileSync('/bin/sh', ['-c', `printf '%s' "$LEAK" > ${leak}; rm ${leak}`], { env: { ...process.env, ...watched(), LEAK: text } });
    for (const [what, text] of [['a name', 'xx Wéronika xx'], ['a key', readFileSync(record.secrets).subarray(32, 64).toString('hex')]]) {
      const before = readFileSync(record.written);
      write(text);
      must(findings().found.length > 0, `${what} was written and not found`);
      writeFileSync(record.written, before);
    }
    const before = readFileSync(record.written);
    writeFileSync(record.written, Buffer.concat([before, state.scans[0].subarray(4000, 9000)]));
    must(findings().found.some((one) => one.startsWith('scan 1')), 'bytes of a scan were not found');
    writeFileSync(record.written, before);
    must(findings().found.length === 0, 'and without it there is nothing');
  }],
]);
