import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import words from './did.de.json'
import { didText } from './did'

const src = join(import.meta.dirname, '../../../../src')
const declared = (readdirSync(src, { recursive: true }) as string[]).filter((path) => path.endsWith('api.json')).flatMap((path) => {
  const api = JSON.parse(readFileSync(join(src, path), 'utf8')) as { commands?: { name: string }[]; queries?: { name: string }[] }
  return [...(api.commands ?? []), ...(api.queries ?? [])].map(({ name }) => name)
})

describe('the journal', () => {
  it('has words of its own for every step there is', () => {
    expect(declared.length).toBeGreaterThan(70)
    expect(declared.filter((name) => !(`did.${name}` in words))).toEqual([])
  })
  it('calls what came to the wrong door by its kind', () => {
    expect([didText('POST /api/session/password'), didText('letter.receipt'), didText('unknown'), didText('case.open')]).toEqual([words['did.door.session'], words['did.door.letter'], words['did.door.other'], words['did.case.open']])
  })
})
