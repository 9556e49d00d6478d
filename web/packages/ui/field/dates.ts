// Typing a date: three boxes, or all of it into the first.

export interface DateParts {
  day: string
  month: string
  year: string
  unknown: boolean
}

export const noDate: DateParts = { day: '', month: '', year: '', unknown: false }

/** A stored value into its boxes; unknown parts are empty. */
export function splitDate(value: unknown): DateParts {
  const parts = typeof value === 'string' ? /^([^-]*)-([^-]*)-(.*)$/.exec(value) : undefined
  if (!parts) return noDate
  const [year, month, day] = parts.slice(1).map((part) => (/^0+$/.test(part) ? '' : /^0\d$/.test(part) ? part.slice(1) : part)) as [string, string, string]
  return { day, month, year, unknown: value === '0000-00-00' }
}

/** Boxes into a value. What is no date yet stays as it was typed, year first, and is refused as one: nothing is lost. */
export function joinDate({ day, month, year, unknown }: DateParts): string | undefined {
  if (unknown) return '0000-00-00'
  if (day === '' && month === '' && year === '') return undefined
  const whole = /^\d{4}$/.test(year) && [day, month].every((part) => /^\d{0,2}$/.test(part))
  return whole ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : `${year}-${month}-${day}`
}

/**
 * `3.4.1962`, `3. 4. 62`, `03041962`, `1962-04-03` as boxes; undefined if it is none of them. `left`: nothing more is
 * typed here, so that what could have gone on (`030462`, `1962-4-3`) counts as well.
 */
export function readTyped(text: string, left = false): DateParts | undefined {
  const typed = text.trim()
  const iso = (left ? /^(\d{4})-(\d{1,2})-(\d{1,2})$/ : /^(\d{4})-(\d{2})-(\d{2})$/).exec(typed)
  const found = iso ? [iso[3]!, iso[2]!, iso[1]!]
    : (/^(\d{1,2})[.,\-/ ]+(\d{1,2})[.,\-/ ]+(\d{2}|\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed) ?? (left ? /^(\d{2})(\d{2})(\d{2})$/.exec(typed) : undefined))?.slice(1)
  return found && { day: String(Number(found[0])), month: String(Number(found[1])), year: found[2]!, unknown: false }
}

/** A year of two digits as a person means it: the latest one that is not in the future, or in this century. */
export function wholeYear(year: string, today: string, future: boolean): string {
  if (!/^\d{2}$/.test(year)) return year
  const now = Number(today.slice(0, 4))
  const century = Math.floor(now / 100) * 100
  const candidate = century + Number(year)
  return String(future || candidate <= now ? candidate : candidate - 100)
}
