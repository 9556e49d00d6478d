// What the register answers about persons in a list.
import { joinDate, readTyped, wholeYear } from '$ui/field/dates'

export interface Hit {
  person_id: string
  /** Without the right to see it, only this and the fact are told. */
  blocked: boolean
  name: string
  family_name?: string
  given_names?: string
  usual_name?: string
  birth_date?: string
  address?: string
  status?: string
  status_text?: string
  blocks?: string[]
  match?: string
  match_text?: string
}

export interface Found {
  hits: Hit[]
  too_many: boolean
  scope: string
}

export interface Criteria {
  text: string
  name: string
  given_names: string
  birth_date: string
  street: string
  house_no: number | undefined
}

export const nothing = (): Criteria => ({ text: '', name: '', given_names: '', birth_date: '', street: '', house_no: undefined })

/** `3.4.1936`, `4.1936` or `1936` → a date as the server reads it; what is none goes as it is and is refused by name. */
export function readBirth(text: string, today: string): string {
  const typed = text.trim()
  const whole = readTyped(typed)
  if (whole) return joinDate({ ...whole, year: wholeYear(whole.year, today, false) })!
  const part = /^(?:(\d{1,2})[./ ])?(\d{4})$/.exec(typed)
  return part ? `${part[2]}-${(part[1] ?? '0').padStart(2, '0')}-00` : typed
}

/** What is sent: the one box, or the fields; only what was filled in. Undefined when nothing was. */
export function searchParams(criteria: Criteria, fields: boolean, today: string): Record<string, string | number> | undefined {
  const { text, ...others } = criteria
  const wanted = fields ? { ...others, birth_date: readBirth(others.birth_date, today) } : { text }
  const filled: [string, string | number][] = []
  for (const [name, value] of Object.entries(wanted)) {
    const tidy = typeof value === 'string' ? value.trim() : value
    if (tidy !== undefined && tidy !== '') filled.push([name, tidy])
  }
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** `Z-000214`, also typed as Z 214, or a receipt's `Z-Q000002` → the number as it is printed; undefined if it is none. */
export function caseNumber(text: string): string | undefined {
  const hit = /^([a-z]\d{0,3})(?:\s*[-–]\s*|\s+)(q?)\s*0*(\d{1,9})$/i.exec(text.trim())
  return hit ? `${hit[1]!.toUpperCase()}-${hit[2]!.toUpperCase()}${hit[3]!.padStart(6, '0')}` : undefined
}

/** A case found by its own number, or by that of a receipt. */
export interface NumberedCase {
  id: string
  number: string
  title: string
  found_by: 'number' | 'receipt'
}
