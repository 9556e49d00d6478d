#!/usr/bin/env node
// A hub's data as a program before this one left them, brought up to this program as docs/operating.md tells it: a tenant with one
// booked case, made with ten steps of the schema. As a file (schema_10/; its master key opens nothing else), and the same tenant on
// a PostgreSQL server (schema_10_postgres/: its description, its role and what pg_dump wrote).
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, tenant } from '../e2e/demo.mjs';
import { Place, must, steps } from './hub.mjs';
import { Server } from './postgres_server.mjs';

const clerk = { login: 'jutta', password: 'F0YS-4DBN-2WCW' };
const head = '22:0136570de54ed93b4cc2e85057659b1c5b2e67fbacda4b42a6e6022046ba998a';
const made = (name) => join(root, 'tests/operation', name);

/** Where the old store is: a server for it, when it is on one. */
async function oldStore(place, server) {
  await place.configure();
  cpSync(made('schema_10'), place.path('hub'), { recursive: true });
  if (!server) return;
  const folder = place.path(`hub/tenants/${tenant}`);
  const description = JSON.parse(readFileSync(join(made('schema_10_postgres'), 'tenant.json'), 'utf8'));
  description.store.server = `host=${server.folder}`;
  writeFileSync(join(folder, 'tenant.json'), JSON.stringify(description));
  rmSync(join(folder, 'store.db'));
  server.load(readFileSync(join(made('schema_10_postgres'), 'store.sql')));
  must(server.sql('SELECT count(*) FROM schema_step', description.store.database) === '10', 'it is not the old store');
  appendFileSync(place.config, `[store]\npostgres_server = "host=${server.folder}"\n`);
}

async function upgrade(place, server) {
  let all;
  await steps(server ? 'upgrade on a server' : 'upgrade', place, [
    ['a store of an older program gets the steps it lacks', async () => {
      await oldStore(place, server);
      all = Number(place.admin(['version']).match(/schema (\d+) steps/)[1]);
      must(all > 10, 'the old store is as new as the program');
      must(place.admin(['backup', tenant, place.path('before.backup')]).includes(`journal head: ${head}`), 'the backup before is not of the old journal');
      must(place.admin(['upgrade']).includes(`${tenant}: ${all} of ${all} schema steps`), 'not brought up');
      must(place.admin(['upgrade']).includes(`${tenant}: ${all} of ${all} schema steps`), 'a second time does something else');
      must(place.admin(['verify', '--tenant', tenant, '--head', head]).includes('0 faults'), 'the old rows and journal do not prove any more');
    }],
    ['what was done with it is there, and work goes on', async () => {
      await place.startHub();
      const desk = await place.hubDesk(clerk);
      const [old] = (await desk.query('case.list', { limit: 10 })).cases;
      must(old.number === 'Z-000001' && old.status === 'booked', JSON.stringify(old));
      const seen = await desk.query('case.get', { case_id: old.id });
      const scan = seen.documents.find((one) => one.kind === 'lessor_confirmation');
      must(scan.verified && (await desk.get(`/api/documents/${scan.hash}?case=${old.id}`)).length === 3000, 'its scan is not there');
      const [hit] = (await desk.query('person.search', { text: 'Łącka Wéronika' })).hits;
      must((await desk.query('person.get', { person_id: hit.person_id ?? hit.id })).dwellings.length === 2, 'the register lacks a dwelling');
      const next = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Nach dem Wechsel' });
      must(next.number === 'Z-000002', `the next number is ${next.number}`);
    }],
    ['back to before: the backup', async () => {
      await place.stop('hub');
      must(place.admin(['restore', place.path('before.backup'), '--replace', '--reason', 'zurück']).includes('0 faults'), 'it does not prove');
      must(place.admin(['upgrade']).includes(`${all} of ${all} schema steps`), 'what came back is not brought up');
      must(readFileSync(place.path(`hub/tenants/${tenant}/tenant.json`), 'utf8').includes('Testhausen'), 'another tenant');
    }],
  ]);
}

await upgrade(new Place());
const server = new Server();
try {
  await upgrade(new Place(), server);
} finally {
  server.remove();
}
