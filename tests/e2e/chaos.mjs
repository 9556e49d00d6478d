#!/usr/bin/env node
// `./dev chaos --rounds N [--seed S]`: the real programs over the real emulated line. While clerks work through the API, hub
// and Koffer are killed and the line is cut, at moments drawn from the seed. After each round, and in the stores at the end:
// nothing lost that was told as done, nothing twice, the same on both sides, numbers without gaps, scans bit by bit.
// The seed fixes what happens and when, not how the machine interleaves it; the story says how it came.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Demo, Desk, Refused, people, program, sleep, until, isoDay, newId } from './demo.mjs';
import { registrationForm, signerOf, scanPage, signaturePng } from './material.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '14' } } });
const began = Date.now();
const story = [];
const tell = (line) => story.push(`${((Date.now() - began) / 1000).toFixed(2).padStart(8)} s  ${line}`);
const must = (condition, text) => { if (!condition) throw new Error(text); };

/** mulberry32: the same numbers from the same seed, one stream for each purpose. */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, between: (from, to) => from + Math.floor(next() * (to - from + 1)), pick: (list) => list[Math.floor(next() * list.length)] };
}

const demo = new Demo({ residents: 300 });
const seed = Number(options.seed);
let ended = false;

/** A clerk who tries each step until it is answered: the same id each time, as the page does. */
class Clerk {
  constructor(name, url, signIn) { Object.assign(this, { name, url, signIn, told: [], desk: null }); }
  async ask(what, call) {
    for (;;) {
      try {
        if (!this.desk) { const desk = new Desk(this.url()); await this.signIn(desk); this.desk = desk; }
        return await call(this.desk);
      } catch (error) {
        if (error instanceof Refused && error.status !== 401 && error.status < 500) throw error;
        if (error instanceof Refused && error.status === 401) this.desk = null;
        if (!(error instanceof Refused)) this.desk = null;
        if (ended) throw error;
        await sleep(150);
      }
    }
  }
  async command(name, payload) {
    const id = newId();
    const answer = await this.ask(name, (desk) => desk.command(name, payload, id));
    tell(`${this.name}: told that ${name} is done`);
    this.told.push({ id, name, case_id: payload.case_id ?? answer.case_id, number: answer.number });
    return answer;
  }
  upload(bytes) { return this.ask('upload', (desk) => desk.upload(bytes)); }
  query(name, params) { return this.ask(name, (desk) => desk.query(name, params)); }
}

/** Takes cases one after the other until the time is over. */
async function takeCases(clerk, tour, chance, until_ms, scans) {
  while (Date.now() < until_ms) {
    await sleep(chance.between(100, 700));
    const title = `Fall ${chance.between(1, 1e9)}`;
    const { case_id } = await clerk.command('case.open', { procedure: 'residence.registration', title, ...(tour ? { channel: 'koffer', tour_id: tour } : { channel: 'counter' }) });
    const form = registrationForm({ movedIn: isoDay(chance.between(1, 10)), houseNo: chance.between(1, 19) });
    await clerk.command('draft.save', { case_id, form });
    for (let page = chance.between(0, 2); page > 0; page--) {
      const bytes = scanPage(chance.between(1, 1e9), chance.between(2_000, 90_000));
      const { hash, size } = await clerk.upload(bytes);
      await clerk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: 'Seite', media_type: 'image/jpeg', original_seen: true });
      scans.push({ case_id, hash, bytes });
    }
    if (chance.next() < 0.3) continue;
    const { form_hash, evidence } = await clerk.command('case.submit', { case_id, form });
    if (evidence?.length && !scans.some((one) => one.case_id === case_id)) continue;
    const signature = await clerk.upload(signaturePng());
    await clerk.command('case.sign', { case_id, form_hash, signer: signerOf(form), method: 'pad', signature: signature.hash });
    await clerk.command('case.issue_receipt', { case_id });
    if (tour) await clerk.command('case.precheck', { case_id });
  }
}

/** What goes wrong, and when: all of it drawn before it begins. */
function weather(chance, milliseconds) {
  const deeds = [];
  for (let at = chance.between(500, 2500); at < milliseconds; at += chance.between(900, 3500))
    deeds.push({ at, ...chance.pick([
      { what: 'kill hub', down: chance.between(200, 1500) }, { what: 'kill node', down: chance.between(200, 1500) },
      { what: 'cut', down: chance.between(300, 4000) }, { what: 'cut, then a new address', down: chance.between(300, 4000) },
      { what: 'line', profile: chance.pick(['gut', 'mobil', 'edge', 'schlecht']) }]) });
  return deeds;
}

const running = async (name) => (await demo.control('state')).processes.find((one) => one.name === name).running;
async function restart(name, down) {
  await demo.kill(name);
  await until(`${name} is down`, async () => !(await running(name)), 5, 50);
  await sleep(down);
  await demo.startProcess(name);
  const url = name === 'hub' ? demo.hubUrl : demo.kofferUrl;
  await until(`${name} answers again`, async () => (await fetch(`${url}/api/health`)).ok, 30);
}

async function storm(deeds, from) {
  for (const deed of deeds) {
    await sleep(Math.max(0, from + deed.at - Date.now()));
    tell(`${deed.what} ${deed.profile ?? `for ${deed.down} ms`}`);
    if (deed.what === 'kill hub') await restart('hub', deed.down);
    else if (deed.what === 'kill node') await restart('node', deed.down);
    else if (deed.what === 'line') await demo.line({ profile: deed.profile });
    else {
      await demo.line({ connected: false });
      await sleep(deed.down);
      await demo.line({ ...(deed.what === 'cut' ? {} : { new_address: true }), connected: true });
    }
  }
  await demo.line({ profile: 'gut' });
  await demo.line({ connected: true });
  tell('the weather clears');
}

async function round(number) {
  const chance = random(seed * 1000 + number);
  const hub = new Clerk('hub', () => demo.hubUrl, (desk) => desk.password(people.jutta));
  const koffer = new Clerk('Koffer 1', () => demo.kofferUrl, (desk) => desk.pin(people.deniz));
  const site = (await hub.query('site.list', {})).sites[0];
  const staff = (await hub.query('staff.list', {})).staff.filter((one) => one.has_pin);
  const device = (await hub.query('device.list', {})).devices.find((one) => one.state === 'active');
  const time = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const { tour_id: tour } = await hub.command('tour.plan', { site_id: site.id, day: isoDay(-1), from: time(number * 10), until: time(number * 10 + 10), staff: staff.map((one) => one.id), device_id: device.id });
  const front = new Desk(demo.kofferUrl);
  const { tours } = await front.get('/api/koffer/tours');
  const member = tours.find((one) => one.id === tour).staff.find((one) => one.name === 'Deniz Aydın');
  await front.post('/api/koffer/check_out', { tour_id: tour, user_id: member.id, pin: people.deniz.pin });
  const milliseconds = Number(options.seconds) * 1000, from = Date.now();
  const scans = { koffer: [], hub: [] };
  const [wind] = await Promise.all([
    storm(weather(random(seed * 7919 + number), milliseconds), from),
    takeCases(koffer, tour, chance, from + milliseconds, scans.koffer),
    takeCases(hub, '', random(seed * 31 + number), from + milliseconds, scans.hub)]);
  void wind;
  await until('everything is at the hub', async () => {
    const { line } = await koffer.ask('session', (desk) => desk.get('/api/session'));
    return line.connected && line.queue && line.queue.commands === 0 && line.queue.scans === 0;
  }, 90);
  const compared = await check(hub, koffer, [...scans.koffer, ...scans.hub]);
  await koffer.ask('check in', (desk) => desk.post('/api/koffer/check_in'));
  await until('the Koffer is empty', async () => !existsSync(join(demo.data, 'demo/koffer-1/tour')), 60);
  await until('the hub knows', async () => (await hub.query('tour.get', { tour_id: tour })).tour.wiped_ms, 30);
  return { told: hub.told.length + koffer.told.length, scans: scans.koffer.length + scans.hub.length, compared };
}

const numbers = { case: new Map(), receipt: new Map() };
const parted = (number) => [number.slice(0, number.lastIndexOf('-')), Number(number.slice(number.lastIndexOf('-') + 1).replace(/^Q/, ''))];

/** The same checkers as in the simulator, from outside. */
async function check(hub, koffer, scans) {
  let compared = 0;
  for (const clerk of [hub, koffer]) {
    const byCase = new Map();
    for (const one of clerk.told.filter((each) => each.case_id)) byCase.set(one.case_id, [...(byCase.get(one.case_id) ?? []), one]);
    for (const [case_id, told] of byCase) {
      const there = await hub.query('case.get', { case_id });
      const done = there.journal.filter((one) => one.kind === 'command' && one.outcome === 'done').map((one) => one.name);
      for (const name of new Set(told.map((one) => one.name)).values()) {
        if (name === 'draft.save') continue;
        const wanted = told.filter((one) => one.name === name).length, found = done.filter((one) => one === name).length;
        must(found >= wanted, `lost: ${name} of ${clerk.name} was told ${wanted} times and stands ${found} times in the journal`);
        must(found <= wanted, `twice: ${name} of ${clerk.name} was told ${wanted} times and stands ${found} times in the journal`);
      }
      if (clerk === koffer) {
        const here = await koffer.query('case.get', { case_id });
        for (const field of ['status', 'number', 'title', 'form_hash'])
          must(JSON.stringify(here.case[field]) === JSON.stringify(there.case[field]), `${field} differs: ${here.case[field]} at the Koffer, ${there.case[field]} at the hub`);
        must(here.documents.length === there.documents.length, 'not the same documents on both sides');
        compared++;
      }
      must(there.documents.every((one) => one.verified), 'a document of the case is not whole');
    }
    for (const one of clerk.told.filter((each) => each.number)) {
      const kind = one.name === 'case.open' ? 'case' : 'receipt', [series, value] = parted(one.number);
      const given = numbers[kind].get(series) ?? numbers[kind].set(series, new Set()).get(series);
      must(!given.has(value), `the number ${one.number} was given twice`);
      given.add(value);
    }
  }
  for (const given of Object.values(numbers))
    for (const [series, values] of given) {
      const sorted = [...values].sort((a, b) => a - b);
      must(sorted.at(-1) - sorted[0] + 1 === sorted.length, `a number is missing in ${series}: ${sorted}`);
    }
  for (const { case_id, hash, bytes } of scans)
    must(bytes.equals(await hub.ask('document', (desk) => desk.get(`/api/documents/${hash}?case=${case_id}`))), 'a scan is not what it was, bit by bit');
  return compared;
}

try {
  await demo.start();
  for (let number = 1; number <= Number(options.rounds); number++) {
    tell(`round ${number}`);
    const { told, scans, compared } = await round(number);
    console.log(`✓ round ${number}: ${told} commands told as done, ${compared} cases the same on both sides, ${scans} scans bit by bit`);
  }
  ended = true;
  await demo.stop();
  const verified = execFileSync(program, ['admin', '--data', join(demo.data, 'demo/hub'), 'verify'], { encoding: 'utf8' });
  console.log(`✓ stores and journals: ${verified.trim().split('\n').join('; ')}`);
} catch (error) {
  ended = true;
  console.error(`✗ ${error.message}\nThe story (seed ${seed}):\n${story.map((line) => `  ${line}`).join('\n')}`);
  if (process.env.WA_TRACE) console.error(error.stack);
  for (const name of ['hub', 'node']) console.error(`--- ${name}.log\n${demo.log(name).split('\n').slice(-8).join('\n')}`);
  process.exitCode = 1;
} finally {
  ended = true;
  await demo.stop();
  demo.remove();
}
