// Typing a date: three boxes, or all of it into the first.
import { parsePartial } from '$procedure'

export interface DateParts {
  day: string
  month: string
  year: string
  unknown: boolean
}

export const noDate: DateParts = { day: '', month: '', year: '', unknown: false }

/** A stored value into its boxes; unknown parts are empty. */
export function splitDate(value: unknown): DateParts {
  const parts = typeof value === 'string' ? parsePartial(value) : undefined
  if (!parts) return noDate
  const text = (part: number) => (part === 0 ? '' : String(part))
  return { day: text(parts.day), month: text(parts.month), year: text(parts.year), unknown: parts.year === 0 }
}

/** Boxes into a value. What is no date yet becomes text that is refused as one, never silently nothing. */
export function joinDate({ day, month, year, unknown }: DateParts): string | undefined {
  if (unknown) return '0000-00-00'
  if (day === '' && month === '' && year === '') return undefined
  const digits = (text: string, length: number) => (text || '0').padStart(length, '0')
  const whole = year.length === 4 ? year : '0000'
  return `${whole}-${digits(month, 2)}-${digits(day, 2)}`
}

/** `3.4.1962`, `3. 4. 62`, `03041962`, `1962-04-03` as boxes; undefined if it is none of them. */
export function readTyped(text: string): DateParts | undefined {
  const typed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return { day: iso[3]!, month: iso[2]!, year: iso[1]!, unknown: false }
  const found = /^(\d{1,2})[.,\-/ ]+(\d{1,2})[.,\-/ ]+(\d{2}|\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed)
  if (!found) return undefined
  return { day: String(Number(found[1])), month: String(Number(found[2])), year: found[3]!, unknown: false }
}

/** A year of two digits as a person means it: the latest one that is not in the future, or in this century. */
export function wholeYear(year: string, today: string, future: boolean): string {
  if (!/^\d{2}$/.test(year)) return year
  const now = Number(today.slice(0, 4))
  const century = Math.floor(now / 100) * 100
  const candidate = century + Number(year)
  return String(future || candidate <= now ? candidate : candidate - 100)
}
