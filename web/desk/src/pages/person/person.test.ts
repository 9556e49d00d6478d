import { expect, test } from 'vitest'
import { addWords } from '$ui/words'
import { blockWords, representing, type Relation } from './person'
import words from './words.de.json'

const relation = (kind: string, valid_to = '') => ({ id: kind + valid_to, kind, valid_to }) as Relation

test('who represents somebody may ask for them, as long as they do', () => {
  const all = [relation('spouse'), relation('custodian'), relation('custodian', '2026-01-01'), relation('representative'), relation('child')]
  expect(representing(all).map(({ id }) => id)).toEqual(['custodian', 'representative'])
})

test('the kind of a block is named once, whatever words came with it', () => {
  addWords(words)
  const said = (paragraph: string | undefined, text: string) => Object.values(blockWords({ ...(paragraph ? { paragraph } : {}), text }))
  expect(said('51', '')).toEqual(['Auskunftssperre (§ 51 BMG)', ''])
  expect(said('51', 'Auskunftssperre')).toEqual(['Auskunftssperre (§ 51 BMG)', ''])
  expect(said('51', 'Auskunftssperre (§ 51 BMG)')).toEqual(['Auskunftssperre (§ 51 BMG)', ''])
  expect(said('51', 'Vorläufige Auskunftssperre (§ 51 BMG): die Leitung entscheidet')).toEqual(['Vorläufige Auskunftssperre (§ 51 BMG): die Leitung entscheidet', ''])
  expect(said('52', 'Frauenhaus')).toEqual(['Bedingter Sperrvermerk (§ 52 BMG)', 'Frauenhaus'])
  expect(said(undefined, 'Übermittlungssperre')).toEqual(['Übermittlungssperre', ''])
  expect(said(undefined, '')).toEqual(['Sperre', ''])
})
