#!/usr/bin/env node
// The part of `./dev bench node` with real processes: every step of the main case at a Koffer that holds 200 persons,
// with the line down and with the line up and the work before on its way to the hub meanwhile. Goal 50 ms.
import { readFileSync } from 'node:fs';
import { Demo, Desk, people, until } from './demo.mjs';
import { benchOptions, reporter, checkOut, takeCase, lineOf } from './bench.mjs';

const options = benchOptions();
if (!options.wants('node')) process.exit(0);
const report = reporter(options);
const cases = options.quick ? 20 : 100, residents = 200, goal = 50;
const demo = new Demo({ residents: 2000 });
const progress = (text) => console.error(`… ${text}`);
const less = 'ms (less is better)';
const nearest = (sorted, percent) => sorted[Math.max(0, Math.ceil(sorted.length * percent / 100) - 1)];

/** Residents found by names the clerk types, each once. */
async function someResidents(hub) {
  const found = new Map();
  for (const family of ['Mü', 'Sch', 'Fi', 'We', 'Be', 'Ho', 'Ko', 'Ba', 'Ri', 'Kr', 'La', 'Me', 'Wa', 'Ha', 'Li', 'St', 'Br', 'Gr'])
    for (const given of 'abcdefghijklmrstuw') {
      const { hits } = await hub.query('person.search', { name: family, given_names: given });
      for (const hit of hits) if (!hit.blocked && hit.status === 'resident') found.set(hit.person_id, hit);
      if (found.size >= residents) return [...found.values()].slice(0, residents);
    }
  throw new Error(`only ${found.size} residents found`);
}

/** What a step is called: the command, the query, the letter, or what is done with a document. */
const stepName = ({ path }) => {
  const [kind, name] = path.replace('/api/', '').split(/[/?]/);
  if (kind === 'documents') return path.includes('?name=') ? 'document_up' : 'document_down';
  return kind === 'letters' ? `letter_${name}` : name;
};

const ticks = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').slice(11, 13).reduce((sum, one) => sum + Number(one), 0);

/** All steps of the main cases: milliseconds by step, as the desk waits for them, and the Koffer's processor time. */
async function takeCases(koffer, tour, persons, first) {
  const { processes } = await demo.control('state');
  const { pid } = processes.find((one) => one.name === 'node');
  const before = ticks(pid);
  koffer.steps = [];
  for (let i = 0; i < cases; i++) {
    const person = persons[i % persons.length];
    await koffer.query('desk.today');
    await koffer.query('tour.get', { tour_id: tour });
    await koffer.query('person.search', { text: `${person.family_name} ${person.given_names}` });
    await koffer.query('person.get', { person_id: person.person_id });
    const id = await takeCase(koffer, tour, first + i * 10);
    await koffer.query('case.get', { case_id: id });
    await koffer.query('case.list', { tour_id: tour });
  }
  const steps = new Map();
  for (const one of koffer.steps) steps.set(stepName(one), [...(steps.get(stepName(one)) ?? []), one.ms]);
  return { steps, processor_ms: (ticks(pid) - before) * 10 / koffer.steps.length };
}

function tell(where, { steps, processor_ms }) {
  let worst = 0;
  for (const [name, all] of steps) {
    const sorted = all.sort((a, b) => a - b);
    report(`node.${where}.${name}.p50`, nearest(sorted, 50), goal, less);
    report(`node.${where}.${name}.p99`, nearest(sorted, 99), goal, less);
    report(`node.${where}.${name}.max`, sorted.at(-1), goal, less);
    worst = Math.max(worst, nearest(sorted, 99));
  }
  report(`node.${where}.slowest_step.p99`, worst, goal, less);
  report(`node.${where}.processor_time`, processor_ms, goal, 'ms a step, all threads, the line included (less is better)');
}

try {
  progress('node: starting hub, Koffer and emulated line');
  await demo.start();
  const hub = new Desk(demo.hubUrl);
  await hub.password(people.jutta);
  const persons = await someResidents(hub);
  const { koffer, tour } = await checkOut(demo, hub, persons);
  progress(`node: ${cases} cases with the line down`);
  await demo.line({ connected: false });
  await until('the line is seen to be down', async () => !(await lineOf(koffer)).connected);
  tell('line_down', await takeCases(koffer, tour, persons, 100));
  progress(`node: ${cases} cases with the line up, what was taken before on its way`);
  await demo.line({ profile: 'gut' });
  await demo.line({ connected: true });
  const before = (await lineOf(koffer)).sent.bytes;
  tell('line_up', await takeCases(koffer, tour, persons, 100 + cases * 10));
  const sent = (await lineOf(koffer)).sent.bytes - before;
  if (sent < 1e6) throw new Error(`only ${sent} bytes went over the line meanwhile`);
  report('node.line_up.sent_meanwhile', sent / 1e6, null, 'MB');
} catch (error) {
  console.error(`node: ${error.message}`);
  for (const name of ['hub', 'node']) console.error(`--- ${name}.log\n${demo.log(name).split('\n').slice(-8).join('\n')}`);
  process.exitCode = 1;
} finally {
  await demo.stop();
  demo.remove();
}
