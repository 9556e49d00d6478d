#!/usr/bin/env node
// Messages and a restore in another place: with the list of what has left nothing is sent again; without it everything due is
// held until a person releases it, and what had left after all is not taken twice.
import { readFileSync, writeFileSync } from 'node:fs';
import { freePort, isoDay, tenant, until } from '../e2e/demo.mjs';
import { registrationForm, signerOf, scanPage, signaturePng } from '../e2e/material.mjs';
import { Place, must, run, steps } from './hub.mjs';

const place = new Place();
const state = {};
const backup = place.path('due.backup');
const startSimulator = () => place.start('simulator', ['simulator', '--config', place.path('simulator.toml')], state.simulator);
const taken = async () => (await (await fetch(`${state.simulator}/api/state`)).json()).received.map((one) => one.id).sort();
const offered = () => place.children.simulator.log.split('"what":"message"').length - 1;
const outbox = async () => (await (await place.hubDesk()).query('outbox.list', { case_id: state.case })).messages;

/** A hub's configuration for another folder, at the same ports and the same exchange. */
function elsewhere(name) {
  const config = place.path(`${name}.toml`);
  writeFileSync(config, readFileSync(place.config, 'utf8').replace(/data_dir = "[^"]*"/, `data_dir = "${place.path(name)}"`));
  return { config, admin: (args, options) => run(['admin', '--config', config, ...args], options) };
}
const restoreTo = (other, ...more) => other.admin(['restore', backup, '--master-key', place.path('hub/master.key'), '--reason', 'Umzug', ...more]);

/** A registration at the counter, to the end: it has messages for other authorities. */
async function bookCase(desk) {
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Wéronika Łącka' });
  const scan = await desk.upload(scanPage(1, 3000));
  await desk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash: scan.hash, size: scan.size, title: 'Bestätigung', media_type: 'image/jpeg', original_seen: true });
  const form = registrationForm({ movedIn: isoDay(3) });
  const { form_hash } = await desk.command('case.submit', { case_id, form });
  const signature = await desk.upload(signaturePng());
  await desk.command('case.sign', { case_id, form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
  for (const what of ['privacy_notice', 'declaration', 'receipt']) {
    if (what === 'receipt') await desk.command('case.issue_receipt', { case_id });
    await desk.letter(what, case_id);
    await desk.command('case.hand_over', { case_id, what, way: 'paper' });
  }
  await desk.command('case.precheck', { case_id });
  await desk.command('residence.book', { case_id });
  return case_id;
}

await steps('restore', place, [
  ['messages wait while nobody takes them', async () => {
    await place.configure();
    const port = await freePort();
    state.simulator = `http://127.0.0.1:${port}`;
    writeFileSync(place.path('simulator.toml'), `data_dir = "${place.path('simulator')}"\nport = ${port}\n`);
    writeFileSync(place.config, `${readFileSync(place.config, 'utf8')}[exchange]\nurl = "${state.simulator}"\npoll_seconds = 1\n`);
    place.admin(['testland', '--residents', '300']);
    await place.startHub();
    state.case = await bookCase(await place.hubDesk());
    state.due = (await outbox()).map((one) => one.id).sort();
    must(state.due.length > 2 && (await outbox()).every((one) => one.state === 'due'), 'nothing is due');
    place.admin(['backup', tenant, backup]);
    must(place.admin(['messages', tenant]).trim() === '0 held', 'something is held, though nothing was restored');
  }],
  ['the exchange is there: each goes once, and is on the list', async () => {
    await startSimulator();
    // The tax number is answered, and what the tax goes by follows it.
    await until('all are sent, and what follows', async () => {
      const all = await outbox();
      return all.length > state.due.length && all.every((one) => ['handed_over', 'acknowledged'].includes(one.state));
    }, 90);
    const list = readFileSync(place.path(`hub/tenants/${tenant}/sent.log`), 'utf8');
    must(state.due.every((id) => list.includes(id)), 'one is not on the list');
    state.taken = await taken();
    must(state.due.every((id) => state.taken.filter((one) => one === id).length === 1), 'the other side has others');
    await place.stop('hub');
  }],
  ['another place with the list: nothing is held, nothing is sent again', async () => {
    const other = elsewhere('with_list');
    const said = restoreTo(other, '--sent', place.path(`hub/tenants/${tenant}/sent.log`));
    must(said.includes(`${state.due.length} messages had left after the backup`) && !said.includes('waits until'), said);
    must(other.admin(['messages', tenant]).trim() === '0 held', 'something is held');
    other.admin(['restore', backup, '--replace', '--sent', place.path('no.log'), '--reason', 'Probe'], { code: 105 });
    await place.start('hub', ['hub', '--config', other.config], place.hubUrl);
    must((await outbox()).every((one) => one.state === 'handed_over' || one.state === 'acknowledged'), 'one is due again');
    await place.stop('hub');
    must((await taken()).join() === state.taken.join(), 'something was sent again');
  }],
  ['another place without the list: held until a person releases it', async () => {
    const other = (state.other = elsewhere('without_list'));
    must(restoreTo(other).includes('waits until a person releases it'), 'nothing is held');
    must(restoreTo(other, '--replace').includes('waits until a person releases it'), 'put back once more, nothing is held');
    const listed = other.admin(['messages', tenant]).trim().split('\n');
    must(listed.at(-1) === `${state.due.length} held` && state.due.every((id) => listed.some((line) => line.startsWith(`${id}  `) && / due \d{4}-/.test(line))), listed.join('\n'));
    must(other.admin(['messages', tenant, '--release'], { code: 1 }).includes('--reason'), 'released without a reason');
    must(other.admin(['messages', tenant]).includes(`${state.due.length} held`), 'a refused release released something');
    must(other.admin(['messages', tenant, '--release', '--reason', 'die Empfänger gefragt']).includes(`${state.due.length} released`), 'not released');
    must(other.admin(['messages', tenant]).trim() === '0 held', 'still held');
    const journal = other.admin(['journal', tenant, '--reason', 'Prüfung', '--lines']);
    must(journal.includes('message.release'), 'the release is not in the journal');
  }],
  ['what had left after all is not taken twice', async () => {
    const before = offered();
    await place.start('hub', ['hub', '--config', state.other.config], place.hubUrl);
    await until('all are sent', async () => (await outbox()).every((one) => ['handed_over', 'acknowledged'].includes(one.state)), 90);
    must(offered() >= before + state.due.length, 'they were not sent at all');
    // What follows from an answer that came after the backup is made anew with the answer, as a message of its own.
    const now = await taken();
    must(now.length === new Set(now).size && state.taken.every((id) => now.includes(id)), 'the other side took one twice');
    return `${state.due.length} messages`;
  }],
]);
