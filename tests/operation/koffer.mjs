#!/usr/bin/env node
// Certificates and broken Koffer, as docs/operating.md tells them: renewed by themselves, by hand, after expiry; revoked;
// a tour that goes on with another Koffer, and the broken one coming back; a second copy that fails, forged work, a loss. Real processes, real TLS, no emulated line:
// without a line means here that the hub is down.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Desk, freePort, people, sleep, tenant, until } from '../e2e/demo.mjs';
import { Observer, Place, clockAhead, must, run, steps } from './hub.mjs';
import { fetchTour, planTour, scanAtHub, takeCase } from './tours.mjs';

const place = new Place();
const state = { urls: {} };
const day = 86400000;
const clock = (days) => clockAhead(days * day);
const certificate = async (name) => (await new Desk(state.urls[name]).get('/api/session')).line.certificate;
const startKoffer = (name, env) => place.start(name, ['node', '--config', place.path(`${name}.toml`)], state.urls[name], env);
const listed = (id) => place.admin(['koffer', 'list', tenant]).split('\n').find((one) => one.startsWith(id));

const atHub = (desk, id) => until('the case at the hub', async () => (await desk.query('case.list', { limit: 200 })).cases.filter((one) => one.id === id).length === 1, 60);

await steps('koffer', place, [
  ['a Koffer is enrolled; a code is good once', async () => {
    await place.configure();
    place.admin(['testland', '--residents', '300']);
    for (const name of ['eins', 'zwei', 'alt']) state.urls[name] = await place.configureKoffer(name);
    await place.startHub();
    state.eins = place.enrol('eins', tenant);
    const between = await freePort();
    state.line = await new Observer(place.syncPort).listen(between);
    state.zwei = place.enrol('zwei', tenant, {}, ['--sync-port', String(between)]);
    must(/ active /.test(listed(state.eins)), listed(state.eins));
    const said = place.admin(['koffer', 'add', tenant, '--name', 'drei', '--out', place.folder]);
    const file = said.match(/enrolment file: (\S+)/)[1], code = said.match(/one-time code: +(\S+)/)[1];
    const enrol = (config, given, expected) => run(['node', '--config', place.path(config), '--enrol', file, '--code', given, '--enrol-only'], { code: expected });
    await place.configureKoffer('drei');
    await place.configureKoffer('vier');
    must(enrol('drei.toml', 'AAAA-AAAA-AAAA', 1).includes('device_code_wrong'), 'a wrong code was taken');
    enrol('drei.toml', code, 0);
    must(enrol('drei.toml', code, 1).includes('enrolled already'), 'enrolling twice says nothing');
    must(enrol('vier.toml', code, 1).includes('device_code_wrong'), 'the code was good twice');
  }],
  ['a certificate near its end is renewed by itself, with a new key', async () => {
    await place.stop('hub');
    await place.startHub(clock(-340));
    state.alt = place.enrol('alt', tenant, clock(-340));
    await place.stop('hub');
    await place.startHub();
    const before = { key: JSON.parse(readFileSync(place.path('alt/device.key'))).tls_key, seed: JSON.parse(readFileSync(place.path('alt/device.key'))).sign_seed };
    await startKoffer('alt');
    const renewed = await until('the certificate is new', async () => { const now = await certificate('alt'); return now.days > 300 && now; }, 30);
    const after = JSON.parse(readFileSync(place.path('alt/device.key')));
    must(after.tls_key !== before.key && !after.next_tls_key && after.sign_seed === before.seed, 'the TLS key is the old one, or the signing key is not');
    await new Desk(state.urls.alt).get('/api/koffer/tours');
    await until('the hub notes it', async () => Date.parse(listed(state.alt).match(/until (\S+)/)[1]) > Date.now() + 300 * day, 10);
    return `${renewed.days} days`;
  }],
  ['and by hand', async () => {
    const before = readFileSync(place.path('alt/device.json'), 'utf8');
    await place.stop('alt');
    must(run(['node', '--config', place.path('alt.toml'), '--renew-certificate']).includes('renewed'), 'not renewed');
    must(readFileSync(place.path('alt/device.json'), 'utf8') !== before, 'the same certificate');
    await startKoffer('alt');
    await new Desk(state.urls.alt).get('/api/koffer/tours');
  }],
  ['a revoked Koffer gets no connection', async () => {
    place.admin(['koffer', 'revoke', tenant, state.alt, '--reason', 'Probe']);
    await new Desk(state.urls.alt).get('/api/koffer/tours').then(() => must(false, 'it still reads tours'), (error) => must(['line_down', 'device_revoked'].includes(error.body.code), error.message));
    must(/ revoked /.test(listed(state.alt)), listed(state.alt));
    const journal = place.admin(['journal', tenant, '--reason', 'Gegenprobe', '--lines']).trim().split('\n').map((one) => JSON.parse(one));
    must(journal.some((one) => one.name === 'device.revoke' && /^admin koffer revoke.*Probe/.test(one.reason)), 'the reason is not in the journal');
    must(place.admin(['koffer', 'renew', tenant, state.alt], { code: 1 }).includes('device_revoked'), 'a revoked Koffer got a new code');
    await place.stop('alt');
  }],
  ['two Koffer work without a line', async () => {
    await startKoffer('eins');
    await startKoffer('zwei');
    state.desk = await place.hubDesk();
    state.tour = await planTour(state.desk, state.eins, { until: '11:00' });
    state.field = await fetchTour(state.urls.eins, state.tour);
    await place.stop('hub');
    state.first = await takeCase(state.field, state.tour, 'Begonnen auf dem ersten');
  }],
  ['an expired certificate: no connection, local work goes on', async () => {
    // Stopped first: given a moment, it would send what waits.
    await place.stop('eins');
    await place.startHub(clock(-366));
    // A hub whose clock is a year behind gives a certificate that ended yesterday.
    run(['node', '--config', place.path('eins.toml'), '--renew-certificate']);
    await place.stop('hub');
    await place.startHub();
    await startKoffer('eins');
    state.field = new Desk(state.urls.eins);
    await state.field.pin(people.deniz);
    must((await certificate('eins')).expired, 'it has not expired');
    state.second = await takeCase(state.field, state.tour, 'Mit abgelaufenem Zertifikat');
    await new Promise((done) => setTimeout(done, 3000));
    const { line } = await state.field.get('/api/session');
    must(!line.connected && line.queue.commands >= 4, `connected ${line.connected}, ${line.queue.commands} commands wait`);
    state.desk = await place.hubDesk();
    must(!(await state.desk.query('case.list', { limit: 200 })).cases.some((one) => one.id === state.second.case_id), 'it got through');
  }],
  ['a new code for the same Koffer keeps tour and queue; everything arrives', async () => {
    const said = place.admin(['koffer', 'renew', tenant, state.eins, '--out', place.folder]);
    const file = said.match(/enrolment file: (\S+)/)[1], code = said.match(/one-time code: +(\S+)/)[1];
    await place.stop('eins');
    const args = (config) => ['node', '--config', place.path(config), '--enrol', file, '--code', code, '--again', '--enrol-only'];
    must(run(args('zwei.toml'), { code: 1 }).includes('another device'), 'another machine took it');
    run(args('eins.toml'));
    await startKoffer('eins');
    await (state.field = new Desk(state.urls.eins)).pin(people.deniz);
    await atHub(state.desk, state.first.case_id);
    await atHub(state.desk, state.second.case_id);
  }],
  ['the first Koffer breaks down with work on it; the second goes on with the tour', async () => {
    await place.stop('hub');
    state.stuck = await takeCase(state.field, state.tour, 'Liegt auf dem defekten Koffer');
    await place.stop('eins', 'SIGKILL');
    await place.startHub();
    state.desk = await place.hubDesk();
    const sealed = readFileSync(place.path('eins/tour/store.db'));
    must(!sealed.includes('defekten') && !sealed.includes('SQLite format'), 'the broken Koffer can be read');
    place.admin(['koffer', 'take-over', tenant, state.tour, state.zwei, '--reason', 'Koffer eins defekt']);
    state.deputy = await fetchTour(state.urls.zwei, state.tour);
    state.again = await takeCase(state.deputy, state.tour, 'Fortgesetzt auf dem zweiten');
    const series = (one) => one.number.split('-')[0];
    must(series(state.again) !== series(state.stuck), `both number in ${series(state.again)}`);
    await atHub(state.desk, state.again.case_id);
    must(!(await state.desk.query('case.list', { limit: 200 })).cases.some((one) => one.id === state.stuck.case_id), 'the stuck case came by magic');
    return `${state.stuck.number} waits, ${state.again.number} arrived`;
  }],
  ['who watches the line sees when and how much, and nothing of what; who cuts it only delays', async () => {
    const listed = async ({ case_id }) => (await state.desk.query('case.list', { limit: 200 })).cases.some((one) => one.id === case_id);
    const since = Date.now(), before = state.line.amount('up');
    const watched = await takeCase(state.deputy, state.tour, 'Unter Beobachtung', 8);
    await scanAtHub(state.desk, watched.case_id);
    const amount = state.line.amount('up', since);
    must(before > 0 && amount > 20_000 && state.line.amount('down', since) > 0, `${amount} bytes of a scan were seen`);
    for (const words of ['Unter Beobachtung', 'Fortgesetzt', 'Testhausen', watched.case_id, watched.number, 'lessor_confirmation']) must(!state.line.holds(words), `${words} is read on the line`);
    state.line.stop();
    const late = await takeCase(state.deputy, state.tour, 'Abgeschnitten');
    await sleep(2000);
    must(!await listed(late), 'it passed a line that is cut');
    state.line.go();
    await atHub(state.desk, late.case_id);
    return `${amount} bytes`;
  }],
  ['the broken one comes back: its work arrives once, the tour stays with the second', async () => {
    await startKoffer('eins');
    await (state.field = new Desk(state.urls.eins)).pin(people.deniz);
    await atHub(state.desk, state.stuck.case_id);
    await scanAtHub(state.desk, state.stuck.case_id);
    must((await state.desk.query('quarantine.list', { state: 'open' })).entries.length === 0, 'something lies in quarantine');
    await state.field.post('/api/koffer/check_in');
    await until('the broken one is empty', async () => !existsSync(place.path('eins/tour')), 60);
    const { tour } = await state.desk.query('tour.get', { tour_id: state.tour });
    must(tour.state === 'out' && tour.device_id === state.zwei && !tour.wiped_ms, `the tour is ${tour.state} with ${tour.device_id}`);
  }],
  ['a second copy that cannot be made: the tour does not end, and ends when there is room', async () => {
    renameSync(place.path('copy'), place.path('copy.before'));
    writeFileSync(place.path('copy'), 'in the way');
    await state.deputy.post('/api/koffer/check_in').catch(() => {});
    await until('the hub says so', async () => place.children.hub.log.includes('second copy failed'), 30);
    must(existsSync(place.path('zwei/tour/store.db')), 'the Koffer has wiped itself without a second copy');
    const { tour } = await state.desk.query('tour.get', { tour_id: state.tour });
    must(!tour.wiped_ms, `the tour is ${tour.state}, wiped ${tour.wiped_ms}`);
    rmSync(place.path('copy'));
    await state.deputy.post('/api/koffer/check_in').catch(() => {});
    await until('the Koffer is empty', async () => !existsSync(place.path('zwei/tour')), 60);
    must(existsSync(place.path(`copy/${tenant}/store.db`)), 'there is no second copy');
    await until('the tour is in', async () => (await state.desk.query('tour.get', { tour_id: state.tour })).tour.state === 'in', 60);
    must(place.admin(['verify']).match(/ 0 faults/g).length === 3, 'the stores do not prove');
  }],
  ['forged work: kept apart, with an alarm in log and journal, and nothing of it is done', async () => {
    const tour = await planTour(state.desk, state.zwei, { from: '11:00', until: '16:00' });
    const field = await fetchTour(state.urls.zwei, tour);
    await place.stop('hub');
    const stuck = await takeCase(field, tour, 'Von fremder Hand');
    await place.stop('zwei');
    const queue = new DatabaseSync(place.path('zwei/tour/sealed.db'));
    const { device_seq, sealed } = queue.prepare("SELECT device_seq, sealed FROM envelope WHERE state = 'queued' ORDER BY device_seq LIMIT 1").get();
    sealed[sealed.length >> 1] ^= 1;
    queue.prepare('UPDATE envelope SET sealed = ? WHERE device_seq = ?').run(sealed, device_seq);
    queue.close();
    await place.startHub();
    await startKoffer('zwei', clock(3)); // its tour is over: it sends what lies sealed
    await until('the hub says so', async () => place.children.hub.log.includes('"what":"forged work arrived"') && place.children.hub.log.includes(state.zwei), 60);
    const alarms = place.admin(['journal', tenant, '--reason', 'Alarm', '--lines']).trim().split('\n').map((one) => JSON.parse(one)).filter((one) => one.name === 'sync.alarm');
    must(alarms.length === 1 && alarms[0].device_name === 'zwei' && alarms[0].outcome === 'refused:envelope_forged', JSON.stringify(alarms));
    state.desk = await place.hubDesk();
    must(!(await state.desk.query('case.list', { limit: 200 })).cases.some((one) => one.id === stuck.case_id), 'it was done');
    must((await state.desk.query('quarantine.list', { state: 'open' })).entries.some((one) => one.code === 'envelope_forged'), 'it is not kept');
  }],
  ['a Koffer is reported lost: no access, it destroys its keys, and stands in the list', async () => {
    const report = (device, kind, code) => place.admin(['koffer', 'report-loss', tenant, device, '--kind', kind, '--place', 'Parkplatz', '--reason', 'Scheibe eingeschlagen'], { code });
    must(report(state.zwei, 'verschwunden', 1).includes('was refused'), 'an unknown kind was taken');
    must(report('01M80ZX6KJP0ZFYTYHGSDE6RK3', 'stolen', 1).includes('device_not_found'), 'a Koffer that is none was reported');
    place.admin(['koffer', 'report-loss', tenant, state.zwei, '--kind', 'stolen'], { code: 106 });
    must(/ active /.test(listed(state.zwei)), 'a refused report did something');
    await place.stop('zwei'); // it would obey before anybody reads its log
    const loss = report(state.zwei, 'stolen', 0).match(/reported lost: (\S+);/)[1];
    must(/ revoked /.test(listed(state.zwei)), listed(state.zwei));
    must(report(state.zwei, 'lost', 1).includes('already_lost'), 'reported twice');
    const admin = await place.hubDesk(people.olaf);
    const [one] = (await admin.query('koffer.losses')).losses;
    must(one.id === loss && one.kind === 'stolen' && one.place === 'Parkplatz', JSON.stringify(one));
    await startKoffer('zwei');
    await until('it obeys', async () => place.children.zwei.log.includes('reported lost: keys are destroyed'), 120);
    await until('the hub knows', async () => (await admin.query('koffer.losses')).losses[0].destroyed_at_ms, 60);
    must(place.admin(['verify']).match(/ 0 faults/g).length === 3, 'the stores do not prove');
  }],
]);
