#!/usr/bin/env node
// `./dev bench line`: three cases with four scans, a day's tour and many small commands on seven lines, against what
// the best possible sender would need, and beside what a user would pick instead of us.
//   --line NAME… --only ours|pouchdb|tus|tus_watched|rsync|post… --part case|tour|commands|field…   a part of it
//   --line hinterland   twenty residents on a line of 64 kbit/s and 800 ms: it takes eight minutes
//   --lanes N   slow lines at once (each has its own hub, Koffer and line); the fast ones are measured alone
//   --wide      the Koffer has the route by which TCP begins with forty packets on a quick line (docs/operating.md)
//   --write     replaces the table in docs/figures.md
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './demo.mjs';
import { benchOptions, reporter } from './bench.mjs';
import { Lane } from './line/lane.mjs';
import { lines, fast, peersOn, ideal, worst } from './line/lines.mjs';
import { giveCommands, signatureBytes, smallest, takeThreeCases, takeTour, takeTwentyResidents, total, writeMaterial } from './line/material.mjs';
import { writeTables } from './line/tables.mjs';

const options = benchOptions();
if (!options.wants('line')) process.exit(0);
const report = reporter(options);
const progress = (text) => console.error(`… ${text}`);
const wanted = (list, all) => (list ? all.filter((one) => list.includes(one)) : all);
const onLines = wanted(options.line, options.quick ? ['mobil'] : lines);
if (options.line?.includes(worst)) onLines.push(worst);
const parts = wanted(options.part, ['case', 'tour', 'commands', 'field']);
const withUs = (name) => !options.only || options.only.includes(name);
/** On slow lines the tour and the commands go over one that is so many times as fast, with the same delays. */
const faster = 10, commands = options.quick ? 1000 : 10_000;
/** Peers are cut off at so many times the ideal; on the fast lines they get some seconds in any case. */
const cutOff = 3, cutOffLeast = 15;

const results = [];
const less = (unit) => `${unit} (less is better)`;

function keep(part, line, who, result, bound) {
  results.push({ part, line, who, ...result, bound });
  const name = `line.${line}.${part}.${who}`;
  report(`${name}.time`, result.seconds, bound.seconds, less('s'));
  report(`${name}.up`, result.up / 1000, bound.bytes / 1000, less('kB on the wire; bound: best compressed'));
  report(`${name}.down`, result.down / 1000, null, less('kB on the wire'));
  if (who !== 'ours') return;
  if (result.text) report(`${name}.text_of_last_case`, result.text, null, less('s'));
  report(`${name}.sent_again`, result.again / 1000, null, less(`kB, in ${result.connections} connections`));
}

async function measureOurs(lane, part, line) {
  const speed = part === 'case' || part === 'residents' || fast.has(line) ? 1 : faster;
  const take = {
    case: () => takeThreeCases(lane.koffer, lane.tour, lane.nextFirst(3)),
    residents: () => takeTwentyResidents(lane.koffer, lane.tour, lane.nextFirst(20)),
    tour: () => takeTour(lane.koffer, lane.tour, lane.nextFirst(12)),
    commands: () => giveCommands(lane.koffer, lane.appointment, commands),
  }[part];
  const result = await lane.ours(line, speed, take, 900);
  const { records, documents = [] } = result.taken;
  const bytes = smallest(records, documents) + (part === 'commands' ? records.length * signatureBytes : 0);
  keep(part, line, 'ours', result, { bytes, seconds: ideal(lane.profile(line, speed), bytes) });
}

async function measurePeer(lane, name, line, material) {
  const bound = { bytes: material.bytes, seconds: ideal(lane.profile(line), material.bytes) };
  keep('case', line, name, await lane.peer(name, line, material.folder, Math.max(bound.seconds * cutOff, cutOffLeast)), bound);
}

function jobs() {
  const all = [];
  for (const line of onLines) {
    if (line === worst) {
      all.push({ line, what: 'twenty residents, ours', run: (lane) => measureOurs(lane, 'residents', line) });
      continue;
    }
    for (const part of ['case', 'tour', 'commands']) if (parts.includes(part) && withUs('ours')) all.push({ line, what: `${part}, ours`, run: (lane) => measureOurs(lane, part, line) });
    if (parts.includes('case')) for (const name of peersOn(line)) if (withUs(name)) all.push({ line, what: `case, ${name}`, run: (lane, material) => measurePeer(lane, name, line, material) });
  }
  if (parts.includes('field') && withUs('ours') && onLines.includes('mobil')) all.push({ line: 'mobil', what: 'one changed field', run: async (lane) => {
    const { up, payload } = await lane.changedField('mobil');
    results.push({ part: 'field', line: 'mobil', who: 'ours', up, payload });
    report('line.mobil.one_changed_field.on_the_wire', up, 1000, less('bytes, all protocols'));
    report('line.mobil.one_changed_field.payload', payload, null, less('bytes'));
  } });
  return all;
}

/** The slowest first, so that no long one is left for the end. */
const slowness = (line) => lines.length - ['schlecht', 'edge', 'wechselnd', 'wechselnd_neue_adresse', 'mobil'].indexOf(line);

async function work(lane, queue, material, failures) {
  for (let job = queue.shift(); job; job = queue.shift()) {
    progress(`line: ${job.line}: ${job.what}`);
    try {
      await job.run(lane, material);
    } catch (error) {
      failures.push(`${job.line}, ${job.what}: ${error.message}`);
      for (const name of ['hub', 'node']) console.error(`--- ${name}.log\n${lane.demo.log(name).split('\n').slice(-6).join('\n')}`);
    }
  }
}

const lanes = [], failures = [];
const folder = mkdtempSync(join(tmpdir(), 'wanderamt-line-'));
try {
  if (jobs().some((one) => !one.what.includes('ours')) && !existsSync(join(root, 'tests/e2e/peers/node_modules/pouchdb')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', join(root, 'tests/e2e/peers')], { stdio: 'inherit' });
  const slow = jobs().filter((one) => !fast.has(one.line)).sort((a, b) => slowness(b.line) - slowness(a.line));
  const quick = jobs().filter((one) => fast.has(one.line));
  const count = Math.max(1, Math.min(Number(options.lanes), slow.length));
  progress(`line: starting ${count} hubs, Koffer and emulated lines`);
  for (let i = 0; i < count; i++) lanes.push(await new Lane(options).start());
  const [one] = lanes;
  await one.demo.line({ connected: false });
  const taken = await takeThreeCases(one.koffer, one.tour, one.nextFirst(3));
  const material = { folder: join(folder, 'material'), bytes: smallest(taken.records, taken.documents) };
  writeMaterial(material.folder, taken);
  report('line.text_of_three_cases', (material.bytes - total(taken.documents)) / 1000, JSON.stringify(taken.records).length / 1000, less('kB; bound: before compression'));
  await Promise.all(lanes.map((lane) => work(lane, slow, material, failures)));
  await work(one, quick, material, failures);
  const { processes } = await one.demo.control('state');
  const residentMb = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) * 1024 / 1e6;
  for (const [name, goal] of [['hub', null], ['node', 100]])
    report(`memory.${name}_after_work`, residentMb(processes.find((one) => one.name === name).pid), goal, less('MB'));
  if (options.write) writeTables(join(root, 'docs/figures.md'), results, { faster, commands });
} finally {
  for (const lane of lanes) await lane.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(`line: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
