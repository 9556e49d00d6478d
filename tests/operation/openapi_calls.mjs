// Requests of every kind there is, each done: for the judge in openapi.mjs. Those of an ordinary day; openapi_rare.mjs has the others.
import { Desk, Refused, isoDay, people } from '../e2e/demo.mjs';
import { registrationForm, scanPage, signaturePng, signerOf } from '../e2e/material.mjs';
import { must } from './hub.mjs';
import { apart, byHand, events, messages, secrets, takeOut } from './openapi_rare.mjs';

/** A desk that writes down what it asked and what was answered. */
export class Recording extends Desk {
  constructor(url, seen) { super(url); this.seen = seen; }
  async call(method, path, body, headers) {
    const request = body instanceof Uint8Array ? null : body;
    try {
      const response = await super.call(method, path, body, headers);
      this.seen.push({ method, path, status: 200, request, response: response instanceof Uint8Array ? null : response });
      return response;
    } catch (error) {
      if (error instanceof Refused) this.seen.push({ method, path, status: error.status, request, response: error.body });
      throw error;
    }
  }
}

export async function signedCase(desk, title, scans = 1, who = {}) {
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title });
  const form = registrationForm({ movedIn: isoDay(3), who });
  await desk.command('draft.save', { case_id, form });
  const documents = [];
  for (let page = 0; page < scans; page++) {
    const { hash, size } = await desk.upload(scanPage(page, 3000));
    documents.push(await desk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: 'Bestätigung', media_type: 'image/jpeg', original_seen: true }));
  }
  const { form_hash } = await desk.command('case.submit', { case_id, form });
  const signature = await desk.upload(signaturePng());
  await desk.command('case.sign', { case_id, form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
  return { case_id, documents };
}

/** At the counter: a case to its booking and back, one that is given up, one for which nothing is needed. */
async function counter(desk, lead) {
  const { case_id } = await signedCase(desk, 'Bis zum Ende');
  await desk.letter('declaration', case_id);
  await desk.command('case.hand_over', { case_id, what: 'declaration', way: 'paper' });
  await desk.command('case.issue_receipt', { case_id });
  await desk.command('case.precheck', { case_id });
  await desk.query('residence.findings', { case_id });
  await desk.command('residence.book', { case_id });
  const { messages } = await desk.query('outbox.list', { case_id });
  await desk.query('outbox.get', { message_id: messages[0].id });
  const { tasks } = await desk.query('task.list', { case_id });
  const first = tasks.find(({ may_schedule }) => may_schedule);
  must(first, 'the booking gave no task for which somebody comes');
  const second = tasks.find(({ id, state }) => state === 'open' && id !== first.id) ?? first;
  await desk.command('task.schedule', { task_id: first.id, case_id, scheduled_at: new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, ''), place: 'Zimmer 3' });
  await desk.command('task.close', { task_id: second.id, case_id, outcome: 'done', result: 'Erledigt' });
  await lead.command('message.cancel', { message_id: messages[0].id, reason: 'Prüflauf' });
  await lead.command('residence.revoke', { case_id, reason: 'Prüflauf' });
  const other = await signedCase(desk, 'Zurück', 2);
  await desk.command('case.reopen', { case_id: other.case_id, reason: 'Name falsch' });
  await desk.command('case.detach', { case_id: other.case_id, document_id: other.documents[1].document_id, reason: 'Doppelt' });
  await desk.command('case.withdraw', { case_id: other.case_id, reason: 'Zieht nicht um' });
  const { case_id: newborn } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Neugeboren' });
  await desk.command('case.submit', { case_id: newborn, form: { exemption: 'newborn' } });
  await desk.command('residence.end_not_needed', { case_id: newborn });
  await endings(desk, lead);
}

/** One that waits and turns out to be another authority's; one that is refused after a hearing. */
async function endings(desk, lead) {
  const { case_id: elsewhere } = await signedCase(desk, 'Anderswo', 1);
  await desk.command('case.wait', { case_id: elsewhere, for: 'documents', until: isoDay(-14), note: 'Mietvertrag' });
  await desk.query('case.list', { finding: 'waiting' });
  await desk.command('case.end_not_competent', { case_id: elsewhere, municipality: '99001002', reason: 'Die Wohnung liegt dort' });
  await desk.letter('not_competent', elsewhere);
  const { case_id: refused } = await signedCase(desk, 'Niemand eingezogen', 1);
  const { task_id } = await lead.command('case.hear', { case_id: refused, ground: 'not_moved_in', reasons: 'Die Wohnung steht leer.', answer_by: isoDay(-14) });
  await desk.letter('hearing', refused);
  await desk.command('task.close', { task_id, case_id: refused, outcome: 'done', result: 'Es ist niemand eingezogen.' });
  await lead.command('case.refuse', { case_id: refused, reasons: 'Die Wohnung steht leer, wie Sie selbst sagen.' });
  await desk.letter('refusal', refused);
}

/** A registration to its booking; its case. */
async function book(desk, who) {
  const { case_id } = await signedCase(desk, `${who.given} ${who.family}`, 1, who);
  await desk.command('case.precheck', { case_id });
  await desk.command('residence.book', { case_id });
  return case_id;
}

/** Somebody who was booked as two persons, and is one again. */
async function twice(desk, lead) {
  const records = [];
  for (const by of [desk, lead]) {
    const { case_id } = await signedCase(desk, 'Doppelt', 1, { family: 'Doppel', given: 'Dora', serial: 'L01X00T47' });
    await desk.command('case.precheck', { case_id });
    const { findings } = await by.query('residence.findings', { case_id });
    const overrides = findings.filter(({ state }) => state === 'blocking').map(({ code }) => ({ finding: code, reason: 'Prüflauf' }));
    records.push((await by.command('residence.book', { case_id, overrides })).person_id);
  }
  const [person_id, other_id] = records;
  must(person_id !== other_id, 'booked on the same record');
  const { task_id } = await desk.command('person.propose_merge', { person_id, other_id, source: 'Beide Anmeldungen verglichen' });
  await lead.command('person.merge', { task_id, source: 'Beide Anmeldungen verglichen' });
}

async function lists(desk) {
  const resident = (await desk.query('person.search', { text: 'Schroder Erna' })).hits[0];
  const person_id = resident.person_id ?? resident.id;
  await desk.query('person.get', { person_id });
  await desk.command('person.correct', { person_id, field: 'birth_place', old_value: (await desk.query('person.get', { person_id })).person.birth_place, new_value: 'Lüneburg', mode: 'correction', source: 'Geburtsurkunde' });
  for (const name of ['desk.today', 'case.list', 'task.list', 'conflict.list', 'quarantine.list', 'outbox.list', 'inbox.list', 'staff.list', 'device.list', 'site.list', 'tour.list', 'user.passkeys', 'role.list', 'records_of_processing'])
    await desk.query(name);
  await desk.query('reference.search', { list: 'state', text: 'Pol' });
  await desk.get('/api/records/residence.registration.pdf');
  for (const path of ['/api/health', '/api/session', '/api/catalogue', '/api/openapi.json']) await desk.get(path);
  return person_id;
}

/** A tour that is planned, changed, fetched; done with a bad line in between, and brought back. */
async function tour({ desk, deniz, koffer, person_id, ...world }) {
  const { site_id } = await desk.command('site.add', { name: 'Haus Abendsonne', street: 'Lindenweg 5', postcode: '99101', city: 'Testhausen', line_verdict: 'weak' });
  const staff = (await desk.query('staff.list')).staff.filter(({ has_pin }) => has_pin).map(({ id }) => id);
  const devices = (await desk.query('device.list')).devices.filter(({ state }) => state === 'active');
  const [eins, zwei] = ['eins', 'zwei'].map((name) => devices.find((one) => one.name === name).id);
  await byHand(deniz, { site_id, device_id: zwei, staff });
  const { tour_id } = await desk.command('tour.plan', { site_id, day: isoDay(), from: '00:01', until: '23:59', staff, device_id: zwei });
  const appointment = (at, more) => desk.command('appointment.add', { tour_id, at, minutes: 20, procedure: 'residence.registration', name: 'Erna Luise Schroder', consent: true, ...more });
  const { appointment_id } = await appointment('09:00', { person_id });
  await desk.command('appointment.remove', { appointment_id: (await appointment('10:00')).appointment_id, reason: 'abgesagt' });
  await desk.command('tour.change', { tour_id, site_id, day: isoDay(), from: '00:01', until: '23:58', staff });
  const called_off = await desk.command('tour.plan', { site_id, day: isoDay(40), from: '09:00', until: '12:00', staff, device_id: zwei });
  const moved = await appointment('11:00', { tour_id: called_off.tour_id });
  await desk.command('tour.cancel', { tour_id: called_off.tour_id, reason: 'Glatteis' });
  await desk.command('appointment.move', { appointment_id: moved.appointment_id, tour_id, at: '11:30' });
  await desk.command('tour.reassign', { tour_id, device_id: eins, reason: 'Der andere ist in der Werkstatt' });
  await desk.query('tour.get', { tour_id });
  const { tours } = await koffer.get('/api/koffer/tours');
  const member = tours.find(({ id }) => id === tour_id).staff.find(({ name }) => name === 'Deniz Aydın');
  await koffer.post('/api/koffer/check_out', { tour_id, user_id: member.id, pin: people.deniz.pin });
  await koffer.pin(people.deniz);
  await koffer.post('/api/session/lock');
  await koffer.post('/api/session/unlock', { pin: people.deniz.pin });
  await koffer.command('appointment.mark', { appointment_id, state: 'not_met' });
  await koffer.get('/api/koffer/queue');
  const again = await apart({ ...world, koffer, tour_id, person_id });
  await koffer.post('/api/koffer/check_in');
  return { ...again, lost: zwei };
}

/** What only the office's administrator, its lead and its auditor do. */
async function office({ admin, lead, lost, sign, visitor }) {
  const login = 'neu.hier', password = 'Wiese-Wolke-2026';
  const { answer } = await admin.post('/api/users', { login, name: 'Neu Hier', roles: ['clerk'], password });
  await admin.query('user.list');
  await secrets(admin, await sign({ login, password }), visitor, answer.user_id);
  const { file } = await admin.post('/api/devices/prepare', { name: 'Koffer 3' });
  await admin.command('numbers.lease', { kind: 'receipt', holder: 'hub', series: 'P', count: 10 });
  await admin.command('residence.set_streets', { streets: [{ key: '00777', name: 'Neuer Weg', postcode: '99101', city: 'Testhausen', valid_from: isoDay() }] });
  await admin.command('device.revoke', { device_id: file.device_id, reason: 'Nie benutzt' });
  const { loss_id } = await lead.command('koffer.report_loss', { device_id: lost, kind: 'lost', noticed_on: isoDay(), place: 'Parkplatz', circumstances: 'Abgestellt und vergessen' });
  await lead.query('koffer.losses');
  await lead.query('koffer.loss', { loss_id });
  await lead.get(`/api/losses/${loss_id}.pdf`);
  await takeOut({ admin, lead });
  const auditor = await sign(people.karin);
  // Others have left meanwhile, and are not asked.
  const read = (await auditor.query('journal.list', { sample: 200 })).entries.find(({ actor_name }) => actor_name === 'Jutta Petersen');
  await auditor.command('journal.ask_reason', { seq: read.seq });
  must((await auditor.query('journal.list', { asked: true })).entries[0].seq === read.seq, 'the question is not with its entry');
  await auditor.call('DELETE', '/api/session');
}

/** The program's own commands stand in the document, and nobody may give them: each is refused to everybody with a password. */
async function refusedToAll(names, sign) {
  for (const person of [people.jutta, people.deniz, people.olaf, people.helga, people.karin]) {
    const desk = await sign(person);
    for (const name of names)
      await desk.command(name, {}).then(() => must(false, `${person.login} may ${name}`), ({ body, message }) => must(body?.code === 'permission_denied', `${name} by ${person.login}: ${message}`));
  }
}

/** Asks all of it at a hub and a Koffer; what was asked and answered. `world`: place, kofferUrl, startKoffer; `own`: the program's own commands. */
export async function callMany(world, own) {
  const seen = [], { place } = world;
  const sign = async (person) => {
    const desk = new Recording(place.hubUrl, seen);
    await desk.password(person);
    return desk;
  };
  const [desk, lead, deniz] = [await sign(people.jutta), await sign(people.helga), await sign(people.deniz)];
  await events(desk, seen);
  await counter(desk, lead);
  await twice(desk, lead);
  const person_id = await lists(desk);
  const again = await tour({ ...world, sign, desk, deniz, person_id, koffer: new Recording(world.kofferUrl, seen) });
  await office({ ...again, sign, visitor: new Recording(place.hubUrl, seen) });
  await refusedToAll(own, sign);
  await messages({ place, sign, book });
  return seen;
}
