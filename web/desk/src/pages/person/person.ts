// What person.get answers, and what the page makes of it.
import type { CaseRow } from '../today/today'

export interface PersonData {
  id: string
  status: string
  status_text: string
  /** Long gone or dead: only what the law names is left to read. */
  secured?: boolean
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
  nationalities_text: string[]
  religion: string
  religion_text: string
  marital_status: string
  marital_status_text: string
  marital_status_since: string
  tax_id: string
  death_date: string
  age?: number
  religious_name?: string
  artist_name?: string
}

export interface Dwelling {
  id: string
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
  kind_text: string
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

export interface PersonAnswer {
  person: PersonData
  dwellings: Dwelling[]
  documents: Paper[]
  relations: Relation[]
  blocks: { paragraph?: string; text: string; until?: string }[]
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

/** Fields one may correct, with the kind of value each takes. */
export const correctable = {
  family_name: { type: 'person_name', max: 120 },
  birth_name: { type: 'person_name', max: 120 },
  given_names: { type: 'person_name', max: 120 },
  doctorate: { type: 'choice' },
  birth_date: { type: 'partial_date' },
  birth_place: { type: 'text', max: 80 },
  religion: { type: 'code', list: 'religion' },
  marital_status: { type: 'code', list: 'marital_status' },
  sex: { type: 'code', list: 'sex' },
  birth_country: { type: 'code', list: 'state' },
  rufname_index: { type: 'choice' },
  religious_name: { type: 'person_name', max: 60 },
  artist_name: { type: 'person_name', max: 60 },
  status: { type: 'choice' },
} as const

export type Correctable = keyof typeof correctable

/** What may be left empty. */
export const optional: readonly Correctable[] = ['birth_name', 'given_names', 'doctorate', 'birth_country', 'rufname_index', 'religious_name', 'artist_name']

/** A datum as the register keeps it, numbers as text. */
export const registered = (person: PersonData, field: Correctable) => String(person[field] ?? '')
