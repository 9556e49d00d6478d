// What the registration asks of a person: a correction takes the same values, in the same words.
import { catalogue, procedureById } from '$api'
import { fieldsOf, membersOf, type Field } from '$procedure'
import { valueText } from '$ui/format'
import { codes } from './codes'

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

const fieldLists: Record<string, string> = { religion: 'religion', marital_status: 'marital_status', sex: 'sex', nationalities: 'nationality', birth_country: 'state', marital_status_country: 'state', ags: 'municipality' }

/** A register value in words: codes of the field's list, days as people say them. Several stand as JSON or with commas. */
export async function fieldWords(field: string, value: string): Promise<string> {
  const plain = value === '' ? undefined : plainWords(field, value)
  if (plain !== undefined) return plain
  const list = fieldLists[field.split('.').at(-1)!]
  if (!list || value === '') return valueText(value)
  const several = value.replace(/[[\]"\s]/g, '').split(',')
  return (await Promise.all(several.map(async (code) => (await codes.text(list, code)) ?? code))).join(', ')
}
