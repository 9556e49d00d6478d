import { beforeAll, describe, expect, it } from 'vitest'
import { addWords } from '$ui/words'
import words from '../../words.de.json'
import own from '../words.de.json'
import type { Dwelling, PersonAnswer } from '../../person'
import type { Task } from '../../../tasks/tasks'
import { currentOf, decided, haveOneMain, jointBlocks, lines, proposalOf } from './compare'

const nothing = Object.fromEntries(['birth_name', 'doctorate', 'birth_place', 'sex_text', 'religion_text', 'marital_status_text', 'tax_id'].map((name) => [name, '']))
const record = (person: object, more: object = {}): PersonAnswer =>
  ({ person: { ...nothing, family_name: 'Beispiel', given_names: 'Ute', birth_date: '1962-04-03', nationalities_text: [], status_text: 'Einwohner', ...person }, dwellings: [], documents: [], relations: [], blocks: [], history: [], cases: [], ...more }) as unknown as PersonAnswer

describe('two records side by side', () => {
  beforeAll(() => (addWords(words), addWords(own)))
  it('marks only what both say, and differently', () => {
    const shown = lines(record({ tax_id: '02476291358', birth_name: 'Kuhn' }), record({ tax_id: '86095742719' }))
    expect(shown.filter(({ differs }) => differs).map(({ label }) => label)).toEqual(['Steuer-Identifikationsnummer'])
    expect(shown.find(({ label }) => label === 'Geburtsname')?.values).toEqual(['Kuhn', ''])
  })
  it('leaves out what neither says, and compares lists whatever their order', () => {
    const papers = [{ doc_type_text: 'Reisepass', serial: 'A' }, { doc_type_text: 'Personalausweis', serial: 'B' }]
    const shown = lines(record({}, { documents: papers }), record({}, { documents: [...papers].reverse() }))
    expect(shown.map(({ label }) => label)).not.toContain('Doktorgrad')
    expect(shown.some(({ differs }) => differs)).toBe(false)
  })
  it('names every block once, and where it stands: none is lost', () => {
    const [until, open, house] = [{ paragraph: '51', text: 'Auskunftssperre', until: '2027-01-01' }, { paragraph: '51', text: 'Auskunftssperre' }, { paragraph: '52', text: 'Sperrvermerk' }]
    const sides = jointBlocks(record({}, { blocks: [until, house] }), record({}, { blocks: [house, open] })).map(({ paragraph, until: day, side }) => [paragraph, day, side])
    expect(sides).toEqual([['51', '2027-01-01', 'kept'], ['52', undefined, 'both'], ['51', undefined, 'other']])
    expect(lines(record({}, { blocks: [until] }), record({}, { blocks: [house] })).some(({ differs }) => differs)).toBe(false)
  })
  it('finds the proposal about these two, in whichever direction', () => {
    const task = (subject: string | null) => ({ subject }) as Task
    const tasks = [task(null), task('A C cmd'), task('A B cmd')]
    expect(proposalOf(tasks, ['B', 'A'])).toBe(tasks[2])
    expect(proposalOf(tasks, ['B', 'C'])).toBeUndefined()
  })
})

describe('two main dwellings', () => {
  const dwelling = (id: string, status: string, more: object = {}): Dwelling => ({ id, status, status_text: '', current: true, moved_in: '2010-02-01', moved_out: '', registered_on: '', address: `Lindenweg ${id}`, ...more })
  const lives = (...dwellings: Dwelling[]): PersonAnswer => record({}, { dwellings })
  it('stand in the way only while more than one is current', () => {
    const over = dwelling('3', 'E', { current: false })
    expect(haveOneMain(currentOf(lives(dwelling('1', 'E'), over), lives()))).toBe(true)
    expect(haveOneMain(currentOf(lives(dwelling('1', 'H')), lives(dwelling('2', 'N'))))).toBe(true)
    expect(haveOneMain(currentOf(lives(dwelling('1', 'E')), lives(dwelling('2', 'N'))))).toBe(false)
    expect(haveOneMain(currentOf(lives(dwelling('1', 'E')), lives(dwelling('2', 'E'))))).toBe(false)
    expect(currentOf(lives(dwelling('1', 'E')), lives({ ...dwelling('1', 'E'), id: '9' })).map(({ id }) => id)).toEqual(['1'])
  })
  it('are decided when each is something, one is the main one, and each that is over has its day', () => {
    const two = [dwelling('1', 'E'), dwelling('2', 'E')]
    expect(decided(two, { 1: 'main' }, {})).toBeUndefined()
    expect(decided(two, { 1: 'main', 2: 'main' }, {})).toBeUndefined()
    expect(decided(two, { 1: 'main', 2: 'over' }, {})).toBeUndefined()
    expect(decided(two, { 1: 'main', 2: 'over' }, { 2: '2020-05-31' })).toEqual({ main_dwelling_id: '1', ended_dwellings: [{ dwelling_id: '2', moved_out: '2020-05-31' }] })
    expect(decided(two, { 1: 'secondary', 2: 'main' }, {})).toEqual({ main_dwelling_id: '2', ended_dwellings: [] })
  })
})
