// Cuts the Noto Sans that KERN brings (SIL OFL 1.1) down to DIN 91379 and a few signs, into packages/ui/fonts/, and
// proves that no character of the standard is missing: Fira Sans, KERN's own face, lacks about fifty of them.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('../', import.meta.url))
const source = web + 'node_modules/@kern-ux/native/dist/fonts/noto-sans/'
const target = web + 'packages/ui/fonts/'
const list = web + '../src/base/din91379/latin_list_1.3.txt'

const signs = '–—•−„“”‚‘’…→←↑↓×✓ẞ\u00a0\u00ad\u2009\u202f'

/** What must be there (letters, signs, marks of the standard) and what is nice to have (its extended signs, ours). */
function wanted() {
  const must = new Set()
  const nice = new Set([...signs].map((c) => c.codePointAt(0)))
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const [group, , codes = ''] = line.split(';').map((part) => part.trim())
    for (const code of codes.split(' ')) (group === 'enl' ? nice : must).add(parseInt(code, 16))
  }
  return { must: [...must].filter((point) => point >= 0x20), nice: [...nice] }
}

/** Code points of a TrueType font, from the format 4 and 12 tables of its cmap. */
function coverage(font) {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tables = Array.from({ length: view.getUint16(4) }, (_, i) => 12 + i * 16)
  const cmap = tables.find((at) => font.subarray(at, at + 4).toString('latin1') === 'cmap')
  const start = view.getUint32(cmap + 8)
  const points = new Set()
  for (let i = 0; i < view.getUint16(start + 2); i++) readTable(view, start + view.getUint32(start + 8 + i * 8), points)
  return points
}

function readTable(view, at, points) {
  const add = (first, last) => {
    for (let point = first; point <= last && point < 0xffff; point++) points.add(point)
  }
  if (view.getUint16(at) === 12) {
    for (let i = 0; i < view.getUint32(at + 12); i++) add(view.getUint32(at + 16 + i * 12), view.getUint32(at + 20 + i * 12))
  } else if (view.getUint16(at) === 4) {
    const segments = view.getUint16(at + 6)
    for (let i = 0; i < segments; i += 2) add(view.getUint16(at + 16 + segments + i), view.getUint16(at + 14 + i))
  }
}

function upToDate(path) {
  const newer = (other) => !existsSync(other) || statSync(path).mtimeMs > statSync(other).mtimeMs
  return existsSync(path) && newer(list) && newer(fileURLToPath(import.meta.url))
}

async function cut(name) {
  if (upToDate(target + name)) return
  const [{ default: subset }, { default: fontverter }] = await Promise.all([import('subset-font'), import('fontverter')])
  const { must, nice } = wanted()
  const text = String.fromCodePoint(...must, ...nice)
  const font = await subset(readFileSync(source + name), text, { targetFormat: 'woff2' })
  const covered = coverage(await fontverter.convert(font, 'truetype'))
  const missing = (points) => points.filter((point) => !covered.has(point))
  if (missing(must).length > 0) throw new Error(`${name} lacks ${missing(must).map((p) => 'U+' + p.toString(16)).join(' ')}`)
  mkdirSync(target, { recursive: true })
  writeFileSync(target + name, font)
  console.log(`${name}: ${Math.round(font.length / 1024)} kB, all ${must.length} characters; without ${String.fromCodePoint(...missing(nice))}`)
}

if (existsSync(list)) for (const name of ['NotoSans-Regular.woff2', 'NotoSans-Bold.woff2']) await cut(name)
