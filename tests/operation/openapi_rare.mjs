// What needs a day that goes wrong: work of two places that contradicts, of somebody who has left, messages held after a restore,
// rejected, or arrived and not understood. And what a page asks that no command-line test does: secrets, passkeys, events.
import { readFileSync, writeFileSync } from 'node:fs';
import { freePort, isoDay, people, sendRueckmeldung, tenant, until } from '../e2e/demo.mjs';
import { registrationForm } from '../e2e/material.mjs';
import { must } from './hub.mjs';
import { Authenticator } from './authenticator.mjs';

const key = 'ab'.repeat(32);

/** One's own passwords, PIN and passkeys, as the pages set them. */
export async function secrets(admin, fresh, visitor, newcomer) {
  await fresh.post('/api/session/set_pin', { pin: '583920' });
  await fresh.post('/api/session/set_pin', { pin: '604817', compromised: true });
  const { answer: { user_id } } = await admin.post('/api/users', { login: 'noch.neuer', name: 'Noch Neuer', roles: ['reception'], password: people.olaf.password });
  await admin.post('/api/session/set_password', { user_id, password: people.olaf.password });
  await admin.command('user.set_roles', { user_id: newcomer, roles: ['clerk', 'reception'] });
  await admin.command('user.unlock', { user_id: newcomer });
  await admin.post('/api/session/set_password', { password: people.olaf.password });
  const page = new Authenticator(admin.url), other = new Authenticator(admin.url);
  for (const [device, name] of [[page, 'Schlüsselbund'], [other, 'Ersatz']]) {
    const made = await admin.post('/api/session/passkey/register/options');
    await admin.post('/api/session/passkey/register', { id: made.id, credential: device.create(made.options), name });
  }
  const asked = await visitor.post('/api/session/passkey/options');
  await visitor.post('/api/session/passkey', { tenant, id: asked.id, credential: page.get(asked.options) });
  const { passkeys } = await admin.query('user.passkeys');
  must(passkeys.length === 2, `${passkeys.length} passkeys`);
  await admin.command('user.remove_passkey', { passkey_id: passkeys[0].id });
  await admin.command('device.prepare', { name: 'Koffer 4', code_hash: key, code_expires: new Date(Date.now() + 60_000).toISOString() });
  await admin.command('user.set_state', { user_id: newcomer, state: 'left' });
}

/** Everything of the authority, sealed: asked for, released, made, fetched, ended. */
export async function takeOut({ admin, lead }) {
  const { export_id } = await admin.command('export.ask', { reason: 'Wechsel des Verfahrens' });
  const [task] = (await lead.query('task.list', { kind: 'tenant_export', state: 'todo' })).tasks;
  await lead.command('task.close', { task_id: task.id, result: 'Beschluss liegt vor' });
  await admin.post('/api/exports', { export_id });
  await until('the export', async () => (await admin.query('export.get')).export.state === 'ready', 60);
  await admin.get(`/api/exports/${export_id}`);
  await admin.command('export.discard', { export_id });
}

/** The page's live connection; it has no body to be judged. */
export async function events(desk, seen) {
  const { socket, opened } = desk.listen();
  await opened;
  seen.push({ method: 'GET', path: '/api/events', status: 101 });
  socket.close();
}

/** Without a line Deniz corrects what the office corrects as well, and Marta, who leaves meanwhile, begins a case. `sign` signs somebody in. */
export async function apart({ place, startKoffer, sign, koffer, tour_id, person_id }) {
  const correct = (desk, new_value, source) => desk.command('person.correct', { person_id, field: 'family_name', old_value: 'Schroder', new_value, mode: 'correction', source });
  await place.stop('hub');
  await koffer.pin(people.deniz);
  await correct(koffer, 'Schroeder', 'Reisepass');
  await koffer.pin(people.marta);
  await koffer.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title: 'Vor dem Abschied', tour_id });
  await place.stop('eins');
  await place.startHub();
  const [desk, lead, admin] = [await sign(people.jutta), await sign(people.helga), await sign(people.olaf)];
  await correct(desk, 'Schröder', 'Geburtsurkunde');
  await lead.query('residence.erasures', { on: '2036-01-01' });
  await lead.query('residence.disclosure', { person_id, identity: 'I4' });
  await lead.get(`/api/disclosures/${person_id}.pdf?identity=I3`);
  await lead.command('residence.hold', { person_id, reason: 'Rechtsstreit' });
  const { id: user_id } = (await admin.query('user.list')).users.find(({ login }) => login === people.marta.login);
  await admin.command('user.set_state', { user_id, state: 'left' });
  await startKoffer();
  await koffer.pin(people.deniz);
  const conflict = await until('the contradiction', async () => (await desk.query('conflict.list', { state: 'open' })).conflicts[0], 60);
  await desk.command('conflict.decide', { conflict_id: conflict.id, choice: 'here', reason: 'Die Urkunde lag vor' });
  const [{ command_id }] = await until('the work of who has left', async () => { const { entries } = await lead.query('quarantine.list', { state: 'open' }); return entries.length > 0 && entries; }, 60);
  await lead.command('quarantine.settle', { command_id, choice: 'take_over', reason: 'Durchgesehen' });
  return { desk, lead, admin };
}

/** The hub after a restore in another place, where nobody knows what has left; with an exchange that answers. */
async function restored(place, simulator) {
  await place.stop('hub');
  place.admin(['backup', tenant, place.path('before.backup')]);
  const config = place.path('elsewhere.toml'), master = place.path('hub/master.key');
  writeFileSync(config, `${readFileSync(place.config, 'utf8').replace(/data_dir = "[^"]*"/, `data_dir = "${place.path('elsewhere')}"`)}[exchange]\nurl = "${simulator}"\npoll_seconds = 1\n`);
  place.config = config;
  place.admin(['restore', place.path('before.backup'), '--master-key', master, '--reason', 'Umzug']);
  writeFileSync(place.path('simulator.toml'), `data_dir = "${place.path('simulator')}"\nport = ${new URL(simulator).port}\n`);
  await place.start('simulator', ['simulator', '--config', place.path('simulator.toml')], simulator);
  await place.startHub();
}

/** Messages: released after a restore, rejected and put right, asked for, arrived and laid aside. `book` books a case for somebody. */
export async function messages({ place, sign, book }) {
  const port = await freePort(), simulator = `http://127.0.0.1:${port}`;
  // The simulator's rules say that this name is rejected.
  const case_id = await book(await sign(people.jutta), { family: 'Formfehler-Test', given: 'Frieda', born: '1985-07-07' });
  await restored(place, simulator);
  const desk = await sign(people.jutta);
  const sent = async () => (await desk.query('outbox.list', { case_id })).messages;
  const held = (await sent()).filter(({ state }) => state === 'held');
  must(held.length > 0, 'nothing is held after the restore');
  for (const { id } of held) await desk.command('message.release', { message_id: id, reason: 'Die Empfänger gefragt' });
  const rejected = await until('the rejection', async () => (await sent()).find(({ state }) => state === 'rejected'), 90);
  const { payload } = await desk.query('outbox.get', { message_id: rejected.id });
  await desk.command('message.repair', { message_id: rejected.id, payload, reason: 'Noch einmal geprüft' });
  await sendRueckmeldung(simulator, { family_name: 'Unbekannt-Test', given_names: 'Uwe', birth_date: '1971-02-03' });
  const arrived = await until('a message nobody understands', async () => (await desk.query('inbox.list', { state: 'open' })).messages[0], 60);
  await desk.query('inbox.get', { inbox_id: arrived.id });
  await desk.command('inbox.settle', { inbox_id: arrived.id, choice: 'close', note: 'Hier nie gemeldet' });
  const opened = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Fragt vorher an' });
  await desk.command('draft.save', { case_id: opened.case_id, form: registrationForm({ movedIn: isoDay(3) }) });
  await desk.command('residence.request_form', { case_id: opened.case_id });
  await desk.query('residence.received_form', { case_id: opened.case_id });
}

/** A tour handed out and ended at the office's own desk. */
export async function byHand(deniz, { site_id, device_id, staff }) {
  const { tour_id } = await deniz.command('tour.plan', { site_id, day: isoDay(-2), from: '09:00', until: '12:00', staff, device_id });
  await deniz.command('tour.check_out', { tour_id, device_id });
  await deniz.command('tour.check_in', { tour_id });
}
