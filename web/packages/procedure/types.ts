// The shapes of docs/data-formats.md.

export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value }
export type Values = { [name: string]: Value }
export type Label = { de: string; [language: string]: string | undefined }
export type Expr = Value
export type Channel = 'counter' | 'koffer' | 'kiosk' | 'portal'

export type FieldType =
  | 'text' | 'person_name' | 'date' | 'partial_date' | 'timestamp' | 'integer' | 'boolean'
  | 'choice' | 'choices' | 'code' | 'codes' | 'id' | 'hash' | 'tax_id' | 'document_serial'
  | 'postcode' | 'house_no' | 'group' | 'list' | 'object' | 'any'

export interface Option {
  value: string
  label?: Label
  hint?: Label
}

export interface Field {
  name: string
  type: FieldType
  label?: Label
  hint?: Label
  required?: boolean
  required_when?: Expr
  when?: Expr
  max?: number
  min?: number
  din?: 'A' | 'B' | 'C'
  /** A text: no other signs than these. */
  alphabet?: string
  earliest?: string
  latest?: string
  options?: Option[]
  list?: string
  fields?: Field[]
  block?: string
  min_items?: number
  max_items?: number
  item_label?: Label
  /** A list: paths inside an item that a further item is proposed from the first one (`person.family_name`). */
  carry?: string[]
  /** A list: the list of the form whose items may be taken over, member by member (`persons`). */
  from?: string
  /** In the items of a list, true of exactly one: asked once, right after the field `after` of the form. */
  one_of?: { after: string; label: Label }
  /** An integer: which word of this field beside it is meant (`given_names`), from 1. */
  counts?: string
  /** The value is the path of a field; people are shown its labels, and in a list it heads its item. */
  names_field?: boolean
  /** An option stands for the items of this list whose member `by` has its value: people are shown their names. */
  names_item?: { list: string; by: string }
  /** Concerns few people: stands folded away until it has a value. */
  rare?: boolean
  prefill?: string
  personal?: 'normal' | 'high' | 'very_high'
  purpose?: string
  basis?: string
}

export interface Section {
  id: string
  title: Label
  hint?: Label
  when?: Expr
  fields: Field[]
}

export interface Evidence {
  id: string
  title: Label
  hint?: Label
  beside?: string
  required_when?: Expr
  law?: string
}

export interface Rule {
  id: string
  field: string
  severity: 'error' | 'notice'
  check: Expr
  problem: string
}

export interface Procedure {
  id: string
  version: number
  title: Label
  summary?: Label
  handbook?: string
  function?: string
  law?: string[]
  depth?: Record<string, number>
  identity?: Record<string, string>
  sections: Section[]
  evidence?: Evidence[]
  rules?: Rule[]
  checks?: string[]
  declaration?: Label
  /** What to offer when it is booked; `task`: the kind of task that is our own part of it. */
  follow_ups?: { de: string; task?: string }[]
  [more: string]: unknown
}

/** One answer of a validation: where, which problem code, with which words for the braces. */
export interface Answer {
  path: string
  code: string
  details: Record<string, string | number | Value>
  severity: 'error' | 'notice'
}

/** A shared block of fields (`src/kernel/procedure/blocks/<name>.json`), by name. */
export type Blocks = Record<string, { fields: Field[] }>

export interface Context {
  /** The day it is, `YYYY-MM-DD`. */
  today: string
  channel: Channel
  /** Is the code in the list? undefined: this node cannot say. */
  codeLists?: (list: string, code: string) => boolean | undefined
  blocks?: Blocks
}
