#!/usr/bin/env node
// The part of `./dev bench` that needs a line: the main case, taken without one, on its way to the hub over
// three lines, against what the line itself would need for the same bytes.
import { readFileSync } from 'node:fs';
import { Demo, Desk, people, sleep, until } from './demo.mjs';
import { benchOptions, reporter, checkOut, takeCase, lineOf } from './bench.mjs';

const options = benchOptions();
if (!options.wants('line')) process.exit(0);
const report = reporter(options);

const profiles = options.quick ? ['mobil'] : ['mobil', 'edge', 'schlecht'];
const demo = new Demo({ residents: 2000 });
const progress = (text) => console.error(`… ${text}`);
const less = (unit) => `${unit} (less is better)`;

const empty = (koffer) => until('the queue to be empty', async () => {
  const { connected, queue } = await lineOf(koffer);
  return connected && queue && queue.commands === 0 && queue.chunks === 0;
}, 120);

/** Bytes the text of the case takes on its way: compressed, framed, answered. */
async function textBytes(koffer, tour, first) {
  await empty(koffer);
  await demo.line({ connected: false });
  const before = (await lineOf(koffer)).sent;
  await takeCase(koffer, tour, first, { stubs: true });
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
  const { koffer, tour } = await checkOut(demo, hub);
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
