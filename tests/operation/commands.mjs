#!/usr/bin/env node
// Each command line of docs/operating.md uses verbs and options that exist.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/demo.mjs';
import { must, run } from './hub.mjs';

const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const blocks = [...page.matchAll(/^```\n(.*?)^```/gms)].flatMap((one) => one[1].split('\n'));
const inline = [...page.matchAll(/`(wanderamt [^`]+)`/g)].map((one) => one[1]);
const lines = [...blocks, ...inline].map((one) => one.replace(/#.*/, '').trim()).filter((one) => one.startsWith('wanderamt '));

/** Names of a verb's subcommands and options, as its help prints them. */
const helps = new Map();
function help(path) {
  const key = path.join(' ');
  if (!helps.has(key)) helps.set(key, run([...path, '--help']));
  const text = helps.get(key);
  const verbs = [...(text.split(/^SUBCOMMANDS:|^Subcommands:/mi)[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map((one) => one[1]);
  return { verbs, options: [...text.matchAll(/--[a-z-]+/g)].map((one) => one[0]) };
}

for (const line of lines) {
  const words = line.match(/"[^"]*"|\S+/g).slice(1), path = [];
  const known = new Set();
  let verbs = help([]).verbs;
  for (const word of words) {
    if (verbs.includes(word)) {
      path.push(word);
      const here = help(path);
      verbs = here.verbs;
      here.options.forEach((one) => known.add(one));
    } else if (word.startsWith('--')) {
      must(known.has(word), `docs/operating.md: "${line}": there is no option ${word}`);
    }
  }
  must(path.length > 0, `docs/operating.md: "${line}": there is no such verb`);
  must(!verbs.length, `docs/operating.md: "${line}": a verb is missing after ${path.join(' ')}`);
}
must(lines.length > 20, `only ${lines.length} commands were found in docs/operating.md`);
console.log(`✓ operating.md: ${lines.length} command lines use what exists`);
