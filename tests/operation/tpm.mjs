#!/usr/bin/env node
// What docs/operating.md says of a Koffer's TPM at three in the morning, tried with swtpm: it does not answer, at work, at a start
// and when a tour ends; too many wrong PINs; it was cleared, or the mainboard was changed.
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { Desk, isoDay, people, tenant, until } from '../e2e/demo.mjs';
import { Place, clockAhead, must, run, steps } from './hub.mjs';
import { fetchTour, planTour, takeCase } from './tours.mjs';

const place = new Place();
const state = {};
const minute = 60_000;
const config = (name) => ['node', '--config', place.path(`${name}.toml`)];
const start = (env) => place.start('koffer', config('koffer'), state.url, env);
const signIn = (person, pin = person.pin) => new Desk(state.url).pin({ ...person, pin });
const refused = (code) => [() => must(false, `not refused with ${code}`), (error) => must(error.body?.code === code, `${error.message} instead of ${code}`)];
const says = (text) => until(text, async () => place.children.koffer.log.includes(text), 60);
/** Another chip, or the same one with nothing in it. */
const newChip = async () => {
  await place.stop('tpm');
  rmSync(place.path('tpm'), { recursive: true });
  await place.startTpm();
};

await steps('tpm', place, [
  ['a Koffer with a TPM fetches a tour', async () => {
    await place.configure();
    place.admin(['testland', '--residents', '300']);
    await place.startHub();
    await place.startTpm();
    state.url = await place.configureKoffer('koffer');
    appendFileSync(place.path('koffer.toml'), place.tpmLines);
    state.device = place.enrol('koffer', tenant);
    must(JSON.parse(readFileSync(place.path('koffer/device.json'))).tpm, 'it does not use the TPM');
    await start();
    state.tour = await planTour(await place.hubDesk(), state.device, { until: '12:00' });
    state.field = await fetchTour(state.url, state.tour);
    await place.stop('hub');
    state.case = await takeCase(state.field, state.tour, 'Vor dem Ausfall');
  }],
  ['it does not answer: who is signed in works on, a sign-in says so and is no try', async () => {
    await place.stop('tpm');
    await takeCase(state.field, state.tour, 'Während des Ausfalls');
    for (let turn = 0; turn < 7; turn++) await signIn(people.deniz).then(...refused('tours.chip_silent'));
    await says('the TPM does not answer');
    await place.startTpm();
    await signIn(people.deniz);
  }],
  ['nor at the start: the Koffer ends and says why; what is sealed goes on a stick', async () => {
    await place.stop('koffer');
    await place.stop('tpm');
    must(run(config('koffer'), { code: 1 }).includes('the TPM does not answer (swtpm:'), 'it does not say why');
    state.stick = run([...config('koffer'), '--export', place.folder]).trim();
    must(existsSync(state.stick), 'there is no file');
    await place.startTpm();
    await start();
    await signIn(people.deniz);
  }],
  ['too many wrong PINs: the TPM locks for everybody on it, also after a start', async () => {
    // The Koffer itself locks a quarter of an hour after five; the clock goes on so that the TPM gets its ten.
    for (const wait of [0, 20, 40]) {
      await place.stop('koffer');
      await start(clockAhead(wait * minute));
      for (let turn = 0; turn < 5; turn++) await signIn(people.deniz, '000000').then(() => must(false, 'a wrong PIN opened'), ({ body }) => must(['sign_in_failed', 'tours.pin_locked', 'tours.chip_locked'].includes(body?.code), body?.code));
    }
    for (let turn = 0; turn < 6; turn++) await signIn(people.marta).then(...refused('tours.chip_locked')); // and that is no try
    await place.stop('koffer');
    await start(clockAhead(60 * minute));
    await signIn(people.deniz).then(() => must(false, 'it is not locked'), (error) => must(error.body?.code === 'tours.chip_locked' && error.body.details.minutes === 16, error.message));
  }],
  ['a tour ends while it does not answer: the key goes as soon as it is back', async () => {
    await place.stop('koffer');
    // Shortly before the end: a day after the tour's, which is at noon. It starts with the TPM.
    const end = new Date(`${isoDay(-1)}T12:00:00${berlin()}`).getTime();
    await start(clockAhead(end - Date.now() - 20_000));
    await place.stop('tpm');
    await says("the tour's key is not destroyed yet");
    must(existsSync(place.path('koffer/tour/store.db')), 'the store went before its key');
    await place.startTpm();
    await says('tour expired: its keys are destroyed');
    must(!existsSync(place.path('koffer/tour/store.db')), 'the store is still there');
  }],
  ['it was cleared, or the mainboard changed: the tour cannot be opened, the Koffer does not start', async () => {
    await place.startHub();
    await until('the first tour went home', async () => !existsSync(place.path('koffer/tour')), 60);
    await place.stop('koffer');
    await start();
    state.tour = await planTour(await place.hubDesk(), state.device, { from: '12:01' });
    await fetchTour(state.url, state.tour).then(...refused('tours.chip_locked'));
    await newChip();
    const field = await fetchTour(state.url, state.tour);
    await place.stop('hub');
    state.stuck = await takeCase(field, state.tour, 'Liegt hinter dem leeren Chip');
    await newChip();
    for (let turn = 0; turn < 7; turn++) await signIn(people.marta).then(...refused('tours.chip_empty')); // and that is no try
    await place.stop('koffer');
    must(run(config('koffer'), { code: 1 }).includes('the TPM does not have the device\'s key'), 'it does not say why');
  }],
  ['the way on: its work by stick, its tour to another Koffer, the machine enrolled anew', async () => {
    const file = run([...config('koffer'), '--export', place.folder]).trim();
    await place.startHub();
    place.admin(['koffer', 'import', file]);
    const desk = await place.hubDesk();
    const { cases } = await desk.query('case.list', { limit: 200 });
    must([state.case, state.stuck].every(({ case_id }) => cases.some(({ id }) => id === case_id)), 'a case is missing');
    must((await desk.query('quarantine.list', { state: 'open' })).entries.length === 0, 'something lies in quarantine');
    renameSync(place.path('koffer'), place.path('koffer.before'));
    const anew = place.enrol('koffer', tenant);
    place.admin(['koffer', 'take-over', tenant, state.tour, anew, '--reason', 'Mainboard getauscht']);
    place.admin(['koffer', 'revoke', tenant, state.device, '--reason', 'Mainboard getauscht']);
    await start();
    const field = await fetchTour(state.url, state.tour);
    const kept = (await field.query('case.list', { limit: 50 })).cases;
    must(kept.some(({ id }) => id === state.stuck.case_id), 'the case of the first Koffer did not come along');
    await takeCase(field, state.tour, 'Geht weiter');
    await place.stop('koffer');
    await place.configureKoffer('koffer.before');
    must(run(config('koffer.before'), { code: 1 }).includes('device.key is not of this machine'), 'the old keys open');
  }],
]);

/** The offset of Berlin today, as "+01:00". */
function berlin() {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' }).formatToParts(new Date()).find(({ type }) => type === 'timeZoneName').value;
  return name.replace('GMT', '') || '+00:00';
}
