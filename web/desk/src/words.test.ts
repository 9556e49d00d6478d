// Every page has the words it says: a key without words shows itself on the screen.
import { describe, expect, it } from 'vitest'

const sources = import.meta.glob<string>('./**/*.{svelte,ts,json}', { query: '?raw', import: 'default', eager: true })
const kit = import.meta.glob<Record<string, string>>('../../packages/ui/words/de.json', { import: 'default', eager: true })

function fileOf(name: string, from: string): string | undefined {
  const path = name.startsWith('$desk/') ? `./${name.slice('$desk/'.length)}` : name.startsWith('.') ? `.${new URL(name, `file:///${from.slice(2)}`).pathname}` : ''
  return ['', '.ts', '.svelte.ts'].map((ending) => path + ending).find((file) => file in sources)
}
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!)

/** What a file needs besides itself, types aside. */
function importsOf(file: string): string[] {
  const text = sources[file]!.replace(/import type [^'\n]*'[^']*'/g, '')
  return all(text, /(?:from |import ?\(?)'([^']+)'/g).map((name) => fileOf(name, file)).filter((found) => found !== undefined)
}
function reached(start: string): string[] {
  const seen = new Set([start])
  for (const file of seen) if (!file.endsWith('.json')) importsOf(file).forEach((next) => seen.add(next))
  return [...seen]
}

/** Keys that are said whole, and the beginnings of those whose end is only known later. */
function said(file: string): { keys: string[]; beginnings: string[] } {
  const text = sources[file]!
  const chosen = all(text, /\bt\(([^`()]*\?[^()]*)\)/g).flatMap((inside) => all(inside, /[?:] *'([^']+)'/g))
  return { keys: [...all(text, /\bt\('([^']+)'/g), ...chosen], beginnings: all(text, /\bt\(`([^$`]+)\$\{/g) }
}

const table = (file: string): string[] => Object.keys(JSON.parse(sources[file]!) as object)

describe('words', () => {
  const everywhere = [...Object.values(kit).flatMap(Object.keys), ...table('./words/de.json')]
  for (const page of Object.keys(sources).filter((file) => file.endsWith('/page.ts')))
    it(`of ${page} are loaded with it`, () => {
      const files = reached(page)
      const words = new Set([...everywhere, ...files.filter((file) => file.endsWith('.de.json')).flatMap(table)])
      const missing = files.filter((file) => !file.endsWith('.json')).flatMap((file) => {
        const { keys, beginnings } = said(file)
        return [...keys.filter((key) => !words.has(key)), ...beginnings.filter((beginning) => ![...words].some((word) => word.startsWith(beginning)))].map((key) => `${file}: ${key}`)
      })
      expect(missing).toEqual([])
    })
})
