import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import desk from '../words/de.json'
import words from './did.de.json'
import { didText } from './did'

const src = join(import.meta.dirname, '../../../../src')
type Named = { name: string }[]
const apis = (readdirSync(src, { recursive: true }) as string[]).filter((path) => path.endsWith('api.json')).map((path) => JSON.parse(readFileSync(join(src, path), 'utf8')) as { commands?: Named; queries?: Named; messages?: Named })
const namesOf = (kind: 'commands' | 'queries' | 'messages') => apis.flatMap((api) => (api[kind] ?? []).map(({ name }) => name))
const declared = [...namesOf('commands'), ...namesOf('queries')]

describe('the journal', () => {
  it('has words of its own for every step there is', () => {
    expect(declared.length).toBeGreaterThan(70)
    expect(declared.filter((name) => !(`did.${name}` in words))).toEqual([])
  })
  it('calls what came to the wrong door by its kind', () => {
    expect([didText('POST /api/session/password'), didText('letter.receipt'), didText('unknown'), didText('case.open')]).toEqual([words['did.door.session'], words['did.door.letter'], words['did.door.other'], words['did.case.open']])
  })
})

describe('messages to and from other authorities', () => {
  it('have words for every type', () => {
    expect(namesOf('messages').filter((name) => !(`message.${name}` in desk))).toEqual([])
  })
})
