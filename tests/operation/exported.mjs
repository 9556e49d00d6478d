// A folder that `admin tenant export` wrote, read by somebody who has nothing but the folder.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './hub.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const filesIn = (folder) => readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());

/** Proves every file against the manifest and every document against its name; manifest, rows of each table, documents. */
export function readExport(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const tables = {}, documents = new Map();
  for (const name of filesIn(folder)) {
    const bytes = readFileSync(join(folder, name)), noted = manifest.files[name];
    if (name === 'manifest.json') continue;
    if (name.startsWith('documents/')) {
      must(name === `documents/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`, `${name} has another hash`);
      documents.set(sha256(bytes), bytes);
      continue;
    }
    must(noted && noted.sha256 === sha256(bytes) && noted.bytes === bytes.length, `${name} is not what the manifest says`);
    delete manifest.files[name];
    if (!name.startsWith('tables/')) continue;
    const rows = bytes.toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    must(rows.length === noted.rows, `${name} has ${rows.length} rows, the manifest says ${noted.rows}`);
    tables[name.slice(7, -6)] = rows;
  }
  must(Object.keys(manifest.files).length === 0, `missing: ${Object.keys(manifest.files)}`);
  must(documents.size === manifest.documents, `${documents.size} documents, the manifest says ${manifest.documents}`);
  must((statSync(folder).mode & 0o077) === 0, 'others may read it');
  must(readFileSync(join(folder, 'LIESMICH.txt'), 'utf8').includes('UNVERSCHLÜSSELT'), 'nobody says that it is not encrypted');
  return { manifest, tables, documents };
}
