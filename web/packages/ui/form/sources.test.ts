import { describe, expect, it } from 'vitest'
import { asked, askedAt, askedPath, chooseItem, chosenItem, isIn } from './asked'
import { joinDraft, splitDraft, untouched, type Sources } from './sources'
import type { Field, Section, Values } from '$procedure'

describe('where values came from', () => {
  const form: Values = { persons: [{ person: { religion: 'rk', birth_place: 'Lüneburg' } }], moved_in: '2026-11-01' }
  const sources: Sources = { 'persons.0.person.religion': { from: 'proposed', value: 'rk' }, 'persons.0.person.birth_place': { from: 'received', value: 'Lünenburg' }, moved_in: { from: 'received', value: '2026-11-01' } }

  it('is kept with the draft and is no part of the form', () => {
    expect(splitDraft(JSON.parse(JSON.stringify(joinDraft(form, sources))))).toEqual({ form, sources })
    expect(joinDraft(form, {})).toBe(form)
    expect(splitDraft(form)).toEqual({ form, sources: {} })
  })
  it('holds only while the value is what was put in', () => {
    expect(untouched(form, sources).map(([path]) => path)).toEqual(['persons.0.person.religion', 'moved_in'])
  })
})

describe('what is true of one item', () => {
  const signs: Field = { name: 'signs', type: 'boolean', one_of: { after: 'signer', label: { de: 'Wer?' } } }
  const fields: Field[] = [{ name: 'persons', type: 'list', fields: [{ name: 'person', type: 'group', fields: [] }, signs] }, { name: 'signer', type: 'text' }]
  const sections = [{ id: 'who', fields: fields.slice(0, 1) }, { id: 'declares', fields: fields.slice(1) }] as Section[]

  it('is asked once, in the section of the field it follows', () => {
    const all = asked(fields)
    expect(all.map(askedPath)).toEqual(['persons-signs'])
    expect([askedAt(all, 'persons.1.signs')?.after, askedAt(all, 'persons.1.person'), askedAt(all, 'persons'), askedAt(all, 'persons.1.signs.0')]).toEqual(['signer', undefined, undefined, undefined])
    expect(sections.map((section) => isIn(section, all, { path: 'persons.1.signs' }))).toEqual([false, true])
    expect(sections.map((section) => isIn(section, all, { path: 'persons.1.person.name' }))).toEqual([true, false])
  })
  it('is chosen for one and taken from the others', () => {
    const items: Values[] = [{}, { signs: true }, {}]
    expect(chosenItem(items, 'signs')).toBe(1)
    chooseItem(items, 'signs', 2)
    expect(items).toEqual([{ signs: false }, { signs: false }, { signs: true }])
    expect(chosenItem(undefined, 'signs')).toBe(-1)
  })
})
