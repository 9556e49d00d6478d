// What a field needs to know besides itself: where codes come from, what is wrong, where values came from.
import type { Answer, Context, Field, Value, Values } from '$procedure'
import type { Asked } from '../form/asked'

export interface CodeEntry {
  code: string
  text: string
}

/** Where codes are looked up: at once from a list at hand, or by a query, which fails when nobody answers. */
export interface CodeSource {
  search(list: string, text: string): CodeEntry[] | Promise<CodeEntry[]>
  text(list: string, code: string): string | undefined | Promise<string | undefined>
}

export interface FieldEnv {
  context: Context
  codes?: CodeSource
  /** Answers to be shown at their fields. */
  answers?: Answer[]
  /** All that is still wrong or missing, shown or not: what a folded card says of itself. */
  open?: Answer[]
  /** Everything missing is shown: cards say so too. */
  all?: boolean
  /** Questions about one item of a list, asked after another field of the form. */
  asked?: Asked[]
  /** Where a value was taken from, by path: "aus dem Register". */
  marks?: Record<string, string>
  /** The field at this path has been left or a choice has been made. */
  oncommit?: (path: string) => void
  /** These paths have been filled in from another item, as a proposal. */
  onpropose?: (paths: string[]) => void
  /** The item of a list has gone, later ones have moved up. */
  onremove?: (list: string, index: number) => void
  readonly?: boolean
  /** What a field's path names, in words: "Mia Muster: Geburtsdatum". */
  fieldText?: (path: string) => string
  /** For reading: leave out what has no answer ('needed': unless it must have one). */
  brief?: 'answered' | 'needed'
}

export interface FieldProps {
  field: Field
  value: Value
  path: string
  env: FieldEnv
  /** Enclosing items and the whole form, innermost first. */
  scopes: Values[]
}

export function fieldId(path: string): string {
  return 'f-' + path.replaceAll('.', '-')
}

export function answersAt(env: FieldEnv, path: string): Answer[] {
  return env.answers?.filter((answer) => answer.path === path) ?? []
}

/** s: a number of few digits; m: stands beside others; l: a line of its own. */
export function fieldSize(field: Field): 's' | 'm' | 'l' {
  switch (field.type) {
    case 'postcode':
    case 'house_no':
    case 'integer':
      return 's'
    case 'text':
      return (field.max ?? 4000) <= 10 ? 's' : (field.max ?? 4000) <= 80 ? 'm' : 'l'
    case 'person_name': case 'date': case 'partial_date': case 'code': case 'codes': case 'tax_id': case 'document_serial':
      return 'm'
    case 'choice':
      return (field.options?.length ?? 0) > 5 ? 'm' : 'l'
    case 'boolean':
      return labelOf(field).length <= 40 ? 'm' : 'l'
    default:
      return 'l'
  }
}

export function labelOf(part: { label?: { de: string } | undefined; name?: string }): string {
  return part.label?.de ?? part.name ?? ''
}

/** The words of the field beside this one that it counts ("Anna Lēna" → Anna, Lēna); none if it counts nothing. */
export function wordsOf(field: Field, scopes: Values[]): string[] {
  const text = field.counts ? scopes[0]?.[field.counts] : undefined
  return typeof text === 'string' ? text.split(/\s+/).filter(Boolean) : []
}

/** Is the field asked as a question, yes or no, rather than ticked? */
export function isQuestion(field: Field): boolean {
  return field.required === true || labelOf(field).trimEnd().endsWith('?')
}
