#!/usr/bin/env node
// The description of the API (OpenAPI 3.1): valid; what the running hub and Koffer answer, and nothing else; and the
// requests and answers of the runs before (one JSON object a line, WA_RECORD) are as it says.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Desk, Refused, newId, root, tenant } from '../e2e/demo.mjs';
import { Place, must, steps } from './hub.mjs';
import { callMany } from './openapi_calls.mjs';

const require = createRequire(join(root, 'tests/e2e/package.json'));
const { Validator } = await import(require.resolve('@seriousme/openapi-schema-validator'));
const Ajv = require('ajv/dist/2020').default;
const file = join(root, 'docs/reference/openapi.json');
const api = JSON.parse(readFileSync(file, 'utf8'));
const place = new Place();
const state = {};

/** The path of the document that an address belongs to. */
function pathOf(address) {
  const path = address.split('?')[0];
  if (api.paths[path]) return path;
  return Object.keys(api.paths).find((one) => one.includes('{') &&
    new RegExp(`^${one.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
}
const ajv = new Ajv({ strict: false, allErrors: false });
ajv.addSchema(api, 'api');
const compiled = new Map();
/** Why a value does not fit the schema at this place of the document; empty when it does. */
function misfit(pointer, value) {
  if (!compiled.has(pointer)) compiled.set(pointer, ajv.compile({ $ref: `api#${pointer}` }));
  const check = compiled.get(pointer);
  return check(value) ? '' : check.errors.map((one) => `${one.instancePath} ${one.message}`).join('; ');
}
/** Kinds of requests of which one was done; every kind there is. */
const done = new Set(), all = Object.entries(api.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
const permission = (kind) => api.paths[kind.split(' ')[1]][kind.split(' ')[0]]['x-permission'];
const escape = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');

/** Every request and answer, against the document. */
function judge(seen) {
  const kinds = new Set();
  for (const one of seen) {
    const name = pathOf(one.path), method = one.method.toLowerCase();
    must(name && api.paths[name][method], `${one.method} ${one.path} is not described`);
    const at = `/paths/${escape(name)}/${method}`, operation = api.paths[name][method], kind = `${method} ${name}`;
    kinds.add(kind);
    if (one.status < 300 && operation.responses[one.status]) done.add(kind);
    if (one.status === 200 && one.request && operation.requestBody?.content['application/json']) {
      const wrong = misfit(`${at}/requestBody/content/application~1json/schema`, one.request);
      must(!wrong, `request of ${one.method} ${one.path}: ${wrong}`);
    }
    if (!one.response) continue;
    const wrong = one.status === 200 ? misfit(`${at}/responses/200/content/application~1json/schema`, one.response)
      : one.response.words ? misfit('/components/schemas/problem', one.response) : '';
    must(!wrong, `answer ${one.status} of ${one.method} ${one.path}: ${wrong}`);
  }
  return `${seen.length} requests of ${kinds.size} kinds`;
}

await steps('openapi', place, [
  ['the document is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(file);
    must(result.valid, JSON.stringify(result.errors));
  }],
  ['the running hub serves it, and answers every path it names', async () => {
    await place.configure();
    place.admin(['testland', '--residents', '100']);
    await place.startHub();
    const url = (state.kofferUrl = await place.configureKoffer('eins'));
    place.enrol('eins', tenant);
    await place.configureKoffer('zwei');
    place.enrol('zwei', tenant);
    state.startKoffer = () => place.start('eins', ['node', '--config', place.path('eins.toml')], url);
    await state.startKoffer();
    state.hub = await place.hubDesk();
    must(JSON.stringify(await state.hub.get('/api/openapi.json')) === JSON.stringify(api), 'the hub serves another document');
    let asked = 0;
    for (const [path, methods] of Object.entries(api.paths)) for (const method of Object.keys(methods)) {
      // These end or begin what the others need; the stories below call them.
      if (path === '/api/events' || path === '/api/session' || path.startsWith('/api/session/lock')) continue;
      const desk = methods[method]['x-place'] === 'koffer' ? new Desk(url) : state.hub;
      const address = path.replace('{hash}', '0'.repeat(64)).replace('{name}', 'receipt').replace('{procedure}', 'residence.registration');
      const body = method === 'get' ? undefined : path.startsWith('/api/commands/') ? { id: newId(), payload: {} } : {};
      await desk.call(method.toUpperCase(), address, body).catch((error) => {
        must(error instanceof Refused, `${method} ${path}: ${error.message}`);
        must(!['not_found', 'command_unknown'].includes(error.body.code) || path.includes('{hash}'), `${method} ${path} is not answered: ${error.message}`);
        must(error.status !== 500, `${method} ${path}: ${error.message}`);
        const wrong = misfit('/components/schemas/problem', error.body);
        must(!wrong || error.status === 415 || !error.body.words, `${method} ${path}: the problem is not as described: ${wrong}`);
      });
      asked++;
    }
    return `${asked} ways in`;
  }],
  ['a path it does not name is not answered', async () => {
    for (const path of ['/api/commands/no.such', '/api/queries/no.such', '/api/letters/none', '/api/none', '/api/session/none'])
      await state.hub.post(path, { id: newId() }).then(() => must(false, `${path} answers`), (error) => must(error.status >= 400, path));
  }],
  ['requests and answers of the runs are as it says', async () => {
    const path = process.argv[2];
    must(path && existsSync(path), 'no record of a run was given');
    return judge(readFileSync(path, 'utf8').trim().split('\n').map((one) => JSON.parse(one)));
  }],
  ['and so are those of every kind, asked here; but the program\'s own, which are refused to everybody', async () => {
    const own = all.filter((one) => permission(one) === 'system');
    const said = judge(await callMany({ ...state, place }, own.map((one) => one.replace('post /api/commands/', ''))));
    const missing = all.filter((one) => !done.has(one) && !own.includes(one));
    must(missing.length === 0, `not done: ${missing.join(', ')}`);
    must(own.every((one) => !done.has(one)), 'one of the program\'s own was done');
    return `${said}; of ${all.length} kinds ${done.size} were done and judged, ${own.length} refused`;
  }],
]);
