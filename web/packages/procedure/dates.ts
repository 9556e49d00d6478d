// Calendar days as text `YYYY-MM-DD` (Gregorian, years 0001 to 9999), without any time zone.

export interface Day {
  year: number
  month: number
  day: number
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Parts of a whole or partial date (unknown parts are 0), or undefined if the text is neither. */
export function parsePartial(text: string): Day | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if ((day > 0 && month === 0) || (month > 0 && year === 0) || month > 12) return undefined
  if (day > 0 && day > daysInMonth(year, month)) return undefined
  return { year, month, day }
}

/** Parts of a whole date, or undefined. */
export function parseDate(text: string): Day | undefined {
  const parts = parsePartial(text)
  return parts && parts.day > 0 ? parts : undefined
}

export function formatDay({ year, month, day }: Day): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
}

/** First and last day that a partial date may mean, or undefined if the text is no date at all. */
export function span(text: string): [string, string] | undefined {
  const parts = parsePartial(text)
  if (!parts) return undefined
  const { year, month, day } = parts
  if (day > 0) return [text, text]
  if (year === 0) return ['0001-01-01', '9999-12-31']
  if (month === 0) return [formatDay({ year, month: 1, day: 1 }), formatDay({ year, month: 12, day: 31 })]
  return [formatDay({ year, month, day: 1 }), formatDay({ year, month, day: daysInMonth(year, month) })]
}

const dayLength = 86_400_000

/** The day `count` days later (earlier if negative); undefined outside the years 1 to 9999. */
export function addDays(text: string, count: number): string | undefined {
  const parts = parseDate(text)
  if (!parts) return undefined
  const moment = new Date(0)
  moment.setUTCFullYear(parts.year, parts.month - 1, parts.day)
  const later = new Date(moment.getTime() + count * dayLength)
  const year = later.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) return undefined
  return formatDay({ year, month: later.getUTCMonth() + 1, day: later.getUTCDate() })
}

/** The same day `count` months later, or that month's last day. */
export function addMonths(text: string, count: number): string | undefined {
  const parts = parseDate(text)
  if (!parts) return undefined
  const months = parts.year * 12 + parts.month - 1 + count
  const year = Math.floor(months / 12)
  const month = (((months % 12) + 12) % 12) + 1
  if (year < 1 || year > 9999) return undefined
  return formatDay({ year, month, day: Math.min(parts.day, daysInMonth(year, month)) })
}

/** Completed years of life on a day (§§ 187, 188 BGB); undefined before birth. */
export function yearsOn(birth: string, on: string): number | undefined {
  const from = parseDate(birth)
  const to = parseDate(on)
  if (!from || !to || on < birth) return undefined
  const before = to.month < from.month || (to.month === from.month && to.day < from.day)
  return to.year - from.year - (before ? 1 : 0)
}
