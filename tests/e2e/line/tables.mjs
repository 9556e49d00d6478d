// Writes the figures of `./dev bench line` into docs/figures.md, between two marks; what is not measured anew stays.
import { readFileSync, writeFileSync } from 'node:fs';
import { lines } from './lines.mjs';

const begin = '<!-- line bench: begin -->', end = '<!-- line bench: end -->';
const names = { gut: '40 ms, 20 Mbit/s', schnell_aber_verlustreich: '150 ms, 20 Mbit/s, 5 %', mobil: '150 ms, 384 kbit/s, 1 %', edge: '400 ms, 118 kbit/s',
  schlecht: '400 ± 100 ms, 64 kbit/s, 5 %', wechselnd: '512 kbit/s, 15 s on, 15 s off', wechselnd_neue_adresse: 'the same, new address each time' };
const whos = { ours: '**ours**', pouchdb: 'PouchDB', tus: 'tus', tus_watched: 'tus, watched', rsync: 'rsync', post: 'HTTPS POST each' };
const titles = { case: 'Three cases with four scans of 400 kB', tour: 'A day\'s tour: 12 cases, 40 scans of 400 kB; the five slow lines are {faster} times as fast', commands: '{commands} small commands; the five slow lines are {faster} times as fast' };
const kb = (bytes) => (bytes / 1000).toFixed(0);
const s = (value) => (value === null || value === undefined ? 'cut off' : value.toFixed(2));

const row = (one) => `| ${names[one.line]} | ${whos[one.who]} | ${s(one.seconds)} | ${one.bound.seconds.toFixed(2)} | ${one.seconds ? (one.seconds / one.bound.seconds).toFixed(2) : '> 3'} | ${kb(one.up)} | ${kb(one.bound.bytes)} | ${(one.up / one.bound.bytes).toFixed(2)} | ${kb(one.down)} | ${one.who === 'ours' ? kb(one.again) : ''} | ${one.text ? one.text.toFixed(2) : ''} |`;

function tables(results, { faster, commands }) {
  const out = [];
  for (const part of ['case', 'tour', 'commands']) {
    const rows = results.filter((one) => one.part === part);
    if (rows.length === 0) continue;
    out.push(`### ${titles[part].replace('{faster}', faster).replace('{commands}', commands.toLocaleString('en'))}`, '',
      '| line | who | s | bound s | ratio | kB up | bound kB | ratio | kB down | kB again | text of the last case, s |', '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
    for (const line of lines) for (const who of Object.keys(whos)) out.push(...rows.filter((one) => one.line === line && one.who === who).map(row));
    out.push('');
  }
  for (const one of results.filter((one) => one.part === 'field')) out.push(`One changed field of a sent case (384 kbit/s): ${one.payload} bytes of messages, ${one.up} bytes on the wire with all protocols. Goal 1,000.`, '');
  return out.join('\n');
}

/** Results of this run in place of those of the same part, line and contender before. */
export function writeTables(path, results, sizes) {
  const page = readFileSync(path, 'utf8');
  const from = page.indexOf(begin), to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} lacks the marks of the line bench`);
  const kept = JSON.parse(page.slice(from, to).match(/<!-- data (.*) -->/)?.[1] ?? '[]');
  const same = (a, b) => a.part === b.part && a.line === b.line && a.who === b.who;
  const slim = results.map(({ taken, queued, ...one }) => one);
  const all = [...kept.filter((old) => !slim.some((one) => same(one, old))), ...slim];
  writeFileSync(path, `${page.slice(0, from)}${begin}\n<!-- data ${JSON.stringify(all)} -->\n\n${tables(all, sizes)}${page.slice(to)}`);
}
