import { describe, expect, it } from 'vitest'
import type { Field, Procedure } from '$procedure'
import { factsOf, isFolded, itemsFrom, nameIn, nextItem, optionText, withoutItem } from './items'
import { labelAt } from './labels'

const names: Field[] = [
  { name: 'family_name', type: 'person_name', label: { de: 'Familienname' } },
  { name: 'given_names', type: 'person_name', label: { de: 'Vornamen' } },
  { name: 'birth_date', type: 'partial_date', label: { de: 'Geburtsdatum' } },
  { name: 'religion', type: 'code', label: { de: 'Religion' } },
]
const persons: Field = {
  name: 'persons', type: 'list', label: { de: 'Personen' }, item_label: { de: 'Person' }, carry: ['person.family_name', 'person.religion', 'person.nationalities'],
  fields: [
    { name: 'family_role', type: 'choice', options: [{ value: 'head', label: { de: 'meldet an' } }, { value: 'child', label: { de: 'Kind' } }] },
    { name: 'person', type: 'group', label: { de: 'Person' }, fields: names },
    { name: 'id_documents', type: 'list', label: { de: 'Ausweise' }, item_label: { de: 'Ausweis' }, fields: [{ name: 'serial', type: 'text', label: { de: 'Seriennummer' } }] },
  ],
}
const lessor: Field = { name: 'lessor', type: 'group', label: { de: 'Wohnungsgeber' }, fields: [{ name: 'lessor_persons', type: 'list', label: { de: 'Personen' }, item_label: { de: 'Person' }, fields: names }] }
const procedure = { id: 'p', version: 2, title: { de: '' }, sections: [{ id: 's', title: { de: '' }, fields: [persons, lessor] }] } as Procedure
const mia = { family_role: 'child', person: { family_name: 'Šiškauskaitė', given_names: 'Mia', birth_date: '2019-04-03', religion: 'rk', nationalities: ['000', '142'] } }

describe('cards of a list', () => {
  it('are for items that hold groups or lists', () => {
    expect([isFolded(persons, {}), isFolded(lessor.fields![0]!, {}), isFolded(lessor, {})]).toEqual([true, false, false])
  })
  it('say who it is', () => {
    expect([nameIn(mia), nameIn({ family_role: 'child' }), nameIn({ family_name: 'Allein' }), nameIn(undefined)]).toEqual(['Mia Šiškauskaitė', '', 'Allein', ''])
    expect(factsOf(persons.fields!, mia)).toEqual(['Kind', '3.4.2019'])
    expect(factsOf(persons.fields!, {})).toEqual([])
  })
  it('begin with what the first one has, and say what that was', () => {
    const { item, proposed } = nextItem(persons, [mia, { person: { family_name: 'Anders' } }])
    expect(item).toEqual({ person: { family_name: 'Šiškauskaitė', religion: 'rk', nationalities: ['000', '142'] } })
    expect((item.person as typeof mia.person).nationalities).not.toBe(mia.person.nationalities)
    expect(proposed).toEqual(['person.family_name', 'person.religion', 'person.nationalities'])
    expect(nextItem(persons, [])).toEqual({ item: {}, proposed: [] })
    expect(nextItem(persons, [{ person: { family_name: 'Nur' } }])).toEqual({ item: { person: { family_name: 'Nur' } }, proposed: ['person.family_name'] })
  })
  it('are offered to a list that names them', () => {
    const named: Field = { ...lessor.fields![0]!, from: 'persons', fields: names.slice(0, 2) }
    expect(itemsFrom(named, { persons: [mia, {}, { person: { family_name: 'Nur' } }] }, {})).toEqual([{ family_name: 'Šiškauskaitė', given_names: 'Mia' }, { family_name: 'Nur' }])
    expect(itemsFrom(names[0]!, { persons: [mia] }, {})).toEqual([])
  })
  it('keep what was said of the others when one goes', () => {
    expect([...withoutItem(['persons.0.a', 'persons.1.a', 'persons.2.person.b', 'persons.10.c', 'personsx.2', 'moved_in'], 'persons', 1)]).toEqual(['persons.0.a', 'persons.1.person.b', 'persons.9.c', 'personsx.2', 'moved_in'])
  })
})

describe('what is wrong names the person', () => {
  const values = { persons: [mia, {}], lessor: { lessor_persons: [{ family_name: 'Groß' }] } }
  it.each([
    ['persons.0.person.birth_date', 'Mia Šiškauskaitė: Geburtsdatum'],
    ['persons.1.person.birth_date', 'Person 2: Geburtsdatum'],
    ['persons.0.id_documents.1.serial', 'Mia Šiškauskaitė, Ausweis 2: Seriennummer'],
    ['lessor.lessor_persons.0.given_names', 'Wohnungsgeber, Groß: Vornamen'],
    ['persons', 'Personen'],
    ['persons.1', 'Person 2'],
  ])('%s', (path, label) => {
    expect(labelAt(procedure, path, undefined, values)).toBe(label)
  })
})

describe('options that stand for somebody on the form', () => {
  const here: Field = { name: 'here', type: 'choices', names_item: { list: 'persons', by: 'family_role' }, options: [{ value: 'head', label: { de: 'erklärende Person' } }, { value: 'other', label: { de: 'andere Person' } }] }
  const form = { persons: [{ family_role: 'head', person: { given_names: 'Anna', family_name: 'Muster' } }, { family_role: 'other', person: { given_names: 'Ida' } }, { family_role: 'other', person: { given_names: 'Udo' } }] }
  it('are called by name, and by their role while there is none', () => {
    expect(optionText(here, 'head', [{}, form])).toBe('Anna Muster')
    expect(optionText(here, 'other', [form])).toBe('Ida oder Udo')
    expect(optionText(here, 'head', [{ persons: [{ family_role: 'head' }] }])).toBe('erklärende Person')
    expect(optionText(here, 'spouse', [form])).toBe('spouse')
    expect(optionText({ ...here, names_item: undefined } as unknown as Field, 'head', [form])).toBe('erklärende Person')
  })
})
