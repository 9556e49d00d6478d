// After the build: the start page's JavaScript stays within its budget, and nothing in it needs what the pages' policy
// forbids (inline scripts, inline styles).
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const budget = 60_000
const built = fileURLToPath(new URL('../../build/web/desk/', import.meta.url))
const html = readFileSync(built + 'index.html', 'utf8')
const manifest = JSON.parse(readFileSync(built + '.vite/manifest.json', 'utf8'))

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}

const start = new Set(Object.keys(manifest).filter((key) => manifest[key].isEntry).flatMap((key) => [...closure(key)]))
const page = Object.keys(manifest).filter((key) => /pages\/(today|start)\/[^/]+\.svelte$/.test(key))
for (const key of page) closure(key, start)
const sizes = [...start].filter((key) => manifest[key].file.endsWith('.js')).map((key) => gzipSync(readFileSync(built + manifest[key].file)).length)
const total = sizes.reduce((sum, size) => sum + size, 0)
const faults = []
if (total > budget) faults.push(`start page: ${total} bytes of JavaScript (gzip), budget ${budget}`)
if (/<style|<script(?![^>]*\bsrc=)| style=| on\w+=/.test(html)) faults.push('index.html has something inline')
for (const { file } of Object.values(manifest)) {
  if (file.endsWith('.js') && /<[a-z][^<>`]{0,200} style="/.test(readFileSync(built + file, 'utf8'))) faults.push(`${file} has a template with an inline style`)
}
rmSync(built + '.vite', { recursive: true })
console.log(`start page: ${(total / 1000).toFixed(1)} kB JavaScript (gzip) in ${sizes.length} files`)
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}
