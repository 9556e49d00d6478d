#!/usr/bin/env node
// docs/operating.md says that each of its commands was tried. This holds it to that: commands.mjs FILE, where FILE is what the
// other tests of this folder have written to WA_TRIED while they ran. Each verb and each option that the page names must exist
// and stand there as run with success.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/demo.mjs';
import { must, run } from './hub.mjs';
// What is asked here is no trial.
delete process.env.WA_TRIED;

// Words of the log are no commands, whatever they begin with: tools/check_logs.py looks after those.
const [text, logs] = readFileSync(join(root, 'docs/operating.md'), 'utf8').split('| in the log ');
const page = text + logs.replace(/^\|[^|]*\|/gm, '|');
const spans = [...page.replace(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g)].map((one) => one[1]);
const blocks = [...page.matchAll(/^```\n(.*?)^```/gms)].flatMap((one) => one[1].split('\n'));

/** Names of a verb's subcommands and options, as its help prints them. */
const helps = new Map();
function help(path) {
  const key = path.join(' ');
  if (!helps.has(key)) helps.set(key, run([...path, '--help']));
  const text = helps.get(key);
  const verbs = [...(text.split(/^SUBCOMMANDS:|^Subcommands:/mi)[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map((one) => one[1]);
  return { verbs, options: [...text.matchAll(/--[a-z-]+/g)].map((one) => one[0]) };
}

/** The verb that a line names and its options. Those of a verb above count for it as well. */
function understood(line) {
  const path = [], options = [], known = new Set();
  let { verbs } = help([]);
  for (const word of line) {
    if (verbs.includes(word)) {
      path.push(word);
      const here = help(path);
      verbs = here.verbs;
      here.options.forEach((one) => known.add(one));
    } else if (word.startsWith('--')) {
      must(known.has(word), `"${line.join(' ')}": there is no option ${word}`);
      options.push(word);
    }
  }
  must(path.length > 0, `"${line.join(' ')}": there is no such verb`);
  must(!verbs.length, `"${line.join(' ')}": a verb is missing after ${path.join(' ')}`);
  return { verb: path.join(' '), options };
}

// In sentences verbs stand without what comes before them (`koffer import`, `verify --head`), and options alone.
const words = (line) => line.match(/"[^"]*"|\S+/g);
const begins = (above) => (one) => help(above).verbs.includes(words(one)[0]) && /^[a-z]+( --?[a-z-]+| [a-z-]+)*( FILE)?$/.test(one);
const bare = (line) => words(line.replace(/#.*/, '')).slice(1);
const lines = [
  ...[...blocks, ...spans].filter((one) => one.startsWith('wanderamt ')).map(bare),
  ...spans.filter(begins(['admin'])).filter((one) => one.includes(' ') || !help(['admin', words(one)[0]]).verbs.length).map((one) => ['admin', ...words(one)]),
  ...spans.filter(begins([])).filter((one) => words(one)[0] !== 'admin').map(words),
];
must(lines.length > 50, `only ${lines.length} commands were found in docs/operating.md`);

const tried = new Set(), options = new Set();
must(process.argv[2], 'which file says what was tried? (the tests of this folder write it: WA_TRIED)');
for (const one of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const { verb, options: given } = understood(JSON.parse(one));
  for (const option of ['', ...given]) tried.add(`${verb} ${option}`.trim()), options.add(option);
}
const missing = new Set();
for (const line of lines) {
  const { verb, options: named } = understood(line);
  for (const option of ['', ...named]) if (!tried.has(`${verb} ${option}`.trim())) missing.add(`${verb} ${option}`.trim());
}
for (const option of spans.flatMap((one) => one.match(/^--[a-z-]+/) ?? [])) if (!options.has(option)) missing.add(option);
must(missing.size === 0, `docs/operating.md names what no test has run: ${[...missing].join(', ')}`);
console.log(`✓ operating.md: ${lines.length} commands, each of them run by the tests of this folder`);
