// What person.get answers, and what the page makes of it.
import type { Field, Value, Values } from '$procedure'
import { t } from '$ui/words'
import { personField } from '$desk/fields'
import type { CaseRow } from '../today/today'

export interface PersonData {
  id: string
  status: string
  status_text: string
  /** Long gone or dead: only what the law names is left to read, and only these data to put right. */
  readable?: string[]
  family_name: string
  birth_name: string
  given_names: string
  doctorate: string
  full_name: string
  list_name: string
  usual_name: string
  birth_date: string
  birth_place: string
  birth_country: string
  birth_country_text: string
  sex: string
  sex_text: string
  rufname_index: number
  single_name?: number
  former_names?: Values[]
  nationalities?: string[]
  nationalities_text: string[]
  religion: string
  religion_text: string
  marital_status: string
  marital_status_text: string
  marital_status_since: string
  marital_status_place?: string
  marital_status_country?: string
  tax_id: string
  azr_number?: string
  objections?: string[]
  death_date: string
  age?: number
  religious_name?: string
  artist_name?: string
  /** The paper that was shown when they registered, with its number as long as that is kept. */
  source_text?: string
}

export interface Dwelling {
  id: string
  /** E sole, H main, N secondary */
  status: string
  status_text: string
  current: boolean
  moved_in: string
  moved_out: string
  registered_on: string
  address: string
  addition?: string
  floor?: string
  apartment_no?: string
  country_text?: string
  foreign_lines?: string[]
  source_text?: string
}

export interface Paper {
  id: string
  doc_type_text: string
  serial: string
  issuing_authority: string
  /** The family name there, where it is written otherwise. */
  name_in_document?: string | null
  issue_date: string
  valid_until: string
  expired: boolean
  days_left: number | null
  state: string
}

export interface Relation {
  id: string
  kind: string
  kind_text: string
  valid_to: string
  other_id: string
  family_name: string
  given_names: string
  birth_date: string
  note: string
  blocked?: boolean
}

export interface Entry {
  id: string
  field: string
  field_text: string
  kind: string
  kind_text: string
  value: string
  new_value: string
  valid_from: string
  valid_to: string
  recorded_at: string
  source: string
  by_name: string
  place: string
  device_name: string
}

export interface Block {
  paragraph?: string
  text: string
  until?: string
}

/** What of a block stands large, and what it says beside that: its kind is named once, whatever words came with it. */
export function blockWords({ paragraph, text }: Block): { kind: string; more: string } {
  const known = ['51', '52', '53'].includes(paragraph ?? '')
  const kind = t(known ? `person.block.${paragraph}` : 'person.block')
  if (kind.startsWith(text)) return { kind, more: '' }
  return !known || text.includes(kind.replace(/ \(.*/, '')) ? { kind: text, more: '' } : { kind, more: text }
}

export interface PersonAnswer {
  person: PersonData
  dwellings: Dwelling[]
  documents: Paper[]
  relations: Relation[]
  blocks: Block[]
  history: Entry[]
  cases: CaseRow[]
}

/** History newest first, whatever table it came from. */
export function byTime(history: Entry[]): Entry[] {
  return [...history].sort((a, b) => b.recorded_at.localeCompare(a.recorded_at) || b.id.localeCompare(a.id))
}

/** Paper in need of attention: expired, or soon. */
export function paperState(paper: Paper): 'lost' | 'invalid' | 'expired' | 'soon' | 'good' {
  if (paper.state === 'lost' || paper.state === 'invalid') return paper.state
  if (paper.expired) return 'expired'
  return paper.days_left !== null && paper.days_left <= 90 ? 'soon' : 'good'
}

/** Who decides for somebody, as long as they do: they, too, may ask what is stored about the person. */
export const representing = (relations: Relation[]): Relation[] => relations.filter(({ kind, valid_to }) => !valid_to && ['custodian', 'parent', 'representative'].includes(kind))

/** Data that person.correct takes, in this order. */
const correctable = [
  'family_name', 'birth_name', 'given_names', 'single_name', 'rufname_index', 'former_names', 'doctorate', 'religious_name', 'artist_name', 'birth_date', 'birth_place', 'birth_country', 'sex',
  'nationalities', 'religion', 'marital_status', 'marital_status_since', 'marital_status_place', 'marital_status_country', 'tax_id', 'azr_number', 'objections', 'status',
] as const

export type Correctable = (typeof correctable)[number]

/** What may be corrected of somebody: what is left to read, and only the lead says that who is kept as deceased lives. */
export const correctableOf = (person: PersonData, lead: boolean): Correctable[] =>
  correctable.filter((name) => (!person.readable || person.readable.includes(name)) && (name !== 'status' || (person.status === 'deceased' && lead)))

const own: Partial<Record<Correctable, (person: PersonData) => Partial<Field>>> = {
  tax_id: () => ({ type: 'tax_id', required: true }),
  objections: () => ({ hint: { de: t('correct.objections') } }),
  rufname_index: (person) => ({ type: 'choice', options: person.given_names.split(/[\s,;]+/).filter(Boolean).map((name, at) => ({ value: String(at + 1), label: { de: name } })) }),
  status: () => ({ type: 'choice', required: true, options: ['resident', 'departed'].map((value) => ({ value, label: { de: t(`correct.status.${value}`) } })) }),
}

/** The field for the new value: as the form of a registration asks for it, always to be seen. */
export function fieldFor(name: Correctable, person: PersonData): Field {
  const { when: _when, required_when: _required, rare: _rare, counts: _counts, ...asked } = personField(name) ?? ({ name, type: 'text' } as Field)
  return { ...asked, ...own[name]?.(person), name: 'new_value', label: { de: t('correct.new') } }
}

/** A datum as the register keeps it: numbers and lists as text. */
export function registered(person: PersonData, name: Correctable): string {
  const value = person[name]
  return Array.isArray(value) ? JSON.stringify(value) : String(value ?? '')
}

/** The same text as a field's value, and back. */
export function toValue(name: Correctable, text: string): Value {
  if (name === 'single_name') return text === '1'
  if (text.startsWith('[')) return JSON.parse(text) as Value
  return text === '' || (name === 'rufname_index' && text === '0') || name === 'status' ? undefined : text
}
export function toText(name: Correctable, value: Value): string {
  if (name === 'single_name') return value ? '1' : '0'
  if (['nationalities', 'former_names', 'objections'].includes(name)) return JSON.stringify(Array.isArray(value) ? value.filter((one) => typeof one !== 'object' || Object.values(one ?? {}).some(Boolean)) : [])
  return String(value ?? '').trim() || (name === 'rufname_index' ? '0' : '')
}
