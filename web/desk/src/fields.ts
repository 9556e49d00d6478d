// What the registration asks of a person: a correction takes the same values, in the same words.
import { catalogue, procedureById } from '$api'
import { fieldsOf, membersOf, type Field } from '$procedure'

/** The field of that name, of the person or beside it in the form's list of persons. */
export function personField(name: string): Field | undefined {
  const { blocks } = catalogue.get()
  const context = { today: '', channel: 'counter' as const, ...(blocks ? { blocks } : {}) }
  const registration = procedureById('residence.registration')
  const persons = registration && fieldsOf(registration).find((field) => field.name === 'persons')
  const beside = (persons && membersOf(persons, context)) ?? []
  const person = beside.find((field) => field.name === 'person')
  return [...((person && membersOf(person, context)) ?? []), ...beside].find((field) => field.name === name)
}

function parsed(text: string): unknown[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

const listWords: Record<string, (text: string) => string> = {
  former_names: (text) => parsed(text).map((one) => (one as { name?: string }).name ?? '').filter(Boolean).join(', '),
  objections: (text) => parsed(text).map((one) => personField('objections')?.options?.find(({ value }) => value === one)?.label?.de ?? String(one)).join(', '),
  single_name: (text) => (text === '1' ? 'ja' : 'nein'),
}

/** A datum that needs no list of codes, in words; undefined: any other. */
export const plainWords = (field: string, value: string): string | undefined => listWords[field]?.(value)
