// What residence.erasures answers: of whom the daily round of a day would erase something, rule by rule.
import { dateText } from '$ui/format'
import { t } from '$ui/words'

export interface Rule {
  rule: 'religions' | 'other' | 'withdrawn' | 'archive' | 'papers'
  /** False: people do it. */
  erased: boolean
  left_before: string
  persons: { person_id: string; person_name: string; hidden?: boolean }[]
  cases?: { case_id: string; number: string }[]
}

export interface Row {
  id: string
  name: string
  /** None where the person may not be seen. */
  href?: string
}

/** The server names no more than this of each rule. */
const atMost = 500

export const rowsOf = ({ persons, cases = [] }: Rule): Row[] => [
  ...persons.map(({ person_id, person_name, hidden }) => ({ id: person_id, name: person_name, href: hidden ? undefined : `/person/${person_id}` })),
  ...cases.map(({ case_id, number }) => ({ id: case_id, name: number, href: `/vorgaenge/${case_id}` })),
]

/** As many as are named; where the list ends before they do, it says so. */
export function countText(rule: Rule): string {
  const n = rowsOf(rule).length
  return n < atMost ? String(n) : t('erasures.at_least', { n })
}

export const dueOf = (rules: Rule[]): Rule[] => rules.filter((rule) => rowsOf(rule).length > 0)

/** Who is concerned, and on which law. */
export const whyOf = ({ rule, left_before }: Rule): string => t(`erasures.why.${rule}`, { day: dateText(left_before) })

/** Whether it is a day of the calendar: a date may still be typed, or lack its day. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && dayAfter(dayAfter(value, -1)) === value

/** The day after, as the server writes days: what the next night will do. */
export function dayAfter(day: string, days = 1): string {
  const noon = Date.parse(`${day}T12:00:00Z`)
  return Number.isNaN(noon) ? '' : new Date(noon + days * 86_400_000).toISOString().slice(0, 10)
}
