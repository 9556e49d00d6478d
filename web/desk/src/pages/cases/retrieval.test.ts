import { describe, expect, it } from 'vitest'
import type { Field, Values } from '$procedure'
import { asItem, choicesOf, decide, fillable, further, leftOut, putAt, undecided, type Difference, type Retrieved } from './retrieval'

const name: Difference = { path: 'persons.0.person.family_name', label: 'Familienname', received: 'Schroder', said: 'Schröder', received_text: 'Schroder', said_text: 'Schröder' }
const religion: Difference = { path: 'persons.0.person.religion', label: 'Religion', received: 'rk', said: null, received_text: 'römisch-katholisch', said_text: '' }
const artist: Difference = { path: 'persons.0.person.artist_name', label: 'Künstlername', received: null, said: 'Lola', received_text: '', said_text: 'Lola' }
const form = (): Values => ({ persons: [{ family_role: 'head', person: { family_name: 'Schröder', given_names: 'Erna', birth_date: '1938-01-02', artist_name: 'Lola' } }] })

describe('the form of the former municipality', () => {
  it('is decided one by one, and what was decided stays decided', () => {
    const values = form()
    const all = [name, religion, artist]
    expect(undecided(all, values)).toEqual(all)
    expect(all.map(choicesOf)).toEqual([['accepted', 'corrected'], ['accepted', 'corrected'], ['added']])
    decide(values, name, 'corrected')
    decide(values, artist, 'added')
    expect(undecided(all, values)).toEqual([religion])
    expect((values.persons as any)[0].person.family_name).toBe('Schröder')
    decide(values, name, 'accepted')
    expect((values.persons as any)[0].person.family_name).toBe('Schroder')
    expect(values.vms_differences).toEqual([
      { path: artist.path, decision: 'added', said: 'Lola' },
      { path: name.path, decision: 'accepted', received: 'Schroder', said: 'Schröder' },
    ])
  })
  it('asks again when something else is said later', () => {
    const values = form()
    decide(values, name, 'corrected')
    expect(undecided([{ ...name, said: 'Schroeder', said_text: 'Schroeder' }], values)).toHaveLength(1)
  })
  it('is done with what was accepted, until the form says something else', () => {
    const values = form()
    decide(values, religion, 'accepted')
    expect(undecided([name, religion], values)).toEqual([name])
    putAt(values, religion.path, 'ev')
    expect(undecided([name, religion], values)).toEqual([name, religion])
  })
  it('fills only where nothing has been said', () => {
    const values = form()
    expect(fillable([name, religion, artist], values)).toEqual([religion])
    decide(values, religion, 'filled')
    expect((values.persons as any)[0].person.religion).toBe('rk')
    expect(values.vms_differences).toEqual([{ path: religion.path, decision: 'filled', received: 'römisch-katholisch' }])
    expect(undecided([religion], values)).toEqual([])
    // Taken out again it is a difference like any other, and the person's word may count.
    putAt(values, religion.path, null)
    expect(undecided([religion], values)).toEqual([religion])
    expect(fillable([religion], values)).toEqual([])
    decide(values, religion, 'corrected')
    expect(undecided([religion], values)).toEqual([])
  })
  it('takes further dwellings as the list of the form', () => {
    const theirs = [{ dwelling: { ags: '99001002', street: 'Deichstraße', house_no: 3 }, moved_in: '2020-02-01' }]
    const dwellings: Difference = { path: 'other_dwellings', label: 'Weitere Wohnungen in Deutschland', received: theirs as unknown as Difference['received'], said: null, received_text: 'Deichstraße 3', said_text: '' }
    const values = form()
    decide(values, dwellings, 'accepted')
    expect(values.other_dwellings).toEqual(theirs)
    expect(undecided([dwellings], values)).toEqual([])
  })
  it('puts values where there was nothing yet', () => {
    const values: Values = {}
    putAt(values, 'persons.1.person.nationalities', ['000'])
    putAt(values, 'previous_dwelling.house_no', 7)
    expect(values).toEqual({ persons: [{}, { person: { nationalities: ['000'] } }], previous_dwelling: { house_no: 7 } })
  })
  it('says who of the form has to be asked about alone', () => {
    const others = [{ person: { given_names: 'Mia', birth_date: '2019-04-03' } }, { person: { given_names: 'Emil', birth_date: '2016-05-04' } }, {}]
    const values: Values = { persons: [...(form().persons as any[]), ...others] }
    const answer = { received: { persons: [{ person: { given_names: 'Erna Maria', birth_date: '1938-01-02' } }, { person: { given_names: 'MIA', birth_date: '2019-04-03' } }] } } as unknown as Retrieved
    expect(leftOut(answer, values)).toEqual([2])
    expect(leftOut(answer, form())).toEqual([])
  })
  it('names who else stands on it, and takes only what the form asks for', () => {
    const child = { family_role: 'child', person: { given_names: 'Mia', family_name: 'Schröder', birth_date: '2019-04-03', blocks: [{ paragraph: '51' }] }, order_mark: 'x' }
    const answer = { received: { persons: [{ person: { given_names: 'Erna', birth_date: '1938-01-02' } }, child] } } as unknown as Retrieved
    expect(further(answer, form())).toEqual([child])
    const members: Field[] = [{ name: 'family_role', type: 'choice' }, { name: 'person', type: 'group', fields: ['family_name', 'given_names', 'birth_date'].map((one) => ({ name: one, type: 'text' })) }]
    const item = asItem(child, members)
    expect(item).toEqual({ family_role: 'child', person: { given_names: 'Mia', family_name: 'Schröder', birth_date: '2019-04-03' } })
    expect(further(answer, { persons: [...(form().persons as any[]), item] })).toEqual([])
  })
})
