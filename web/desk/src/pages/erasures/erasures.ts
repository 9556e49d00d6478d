// What residence.erasures answers: of whom the daily round of a day would erase something, rule by rule.
import { dateText } from '$ui/format'
import { t } from '$ui/words'

export interface Rule {
  /** As residence.erasures names it. */
  rule: string
  /** False: people do it. */
  erased: boolean
  left_before: string
  /** Rows, of which several may be about one person. */
  count: number
  /** So many that two persons release them first. */
  needs_release: boolean
  /** Whose release the rule waits for; none while nobody was asked. */
  releases: Release[]
  persons: { person_id: string; person_name: string; hidden?: boolean }[]
  cases?: { case_id: string; number: string }[]
}

export interface Release {
  by: 'lead' | 'second'
  since: string
  count: number
  /** Empty: not yet. */
  released_by: string
}

export interface Row {
  id: string
  name: string
  /** None where the person may not be seen. */
  href?: string
}

/** The server looks for no more than this of each rule. */
const atMost = 500

export const rowsOf = ({ persons, cases = [] }: Rule): Row[] => [
  ...persons.map(({ person_id, person_name, hidden }) => ({ id: person_id, name: person_name, href: hidden ? undefined : `/person/${person_id}` })),
  ...cases.map(({ case_id, number }) => ({ id: case_id, name: number, href: `/vorgaenge/${case_id}` })),
]

/** Where the server counts no further, it says so. */
export const countText = ({ count }: Rule): string => (count < atMost ? String(count) : t('erasures.at_least', { n: count }))

export const dueOf = (rules: Rule[]): Rule[] => rules.filter(({ count, releases }) => count > 0 || releases.length > 0)

/** What has to happen before so many are erased; nothing where they are few. */
export function releasesOf({ needs_release, releases }: Rule): string[] {
  if (releases.length === 0) return needs_release ? [t('erasures.release.soon')] : []
  return releases.map(({ by, since, count, released_by }) =>
    t(released_by ? 'erasures.release.given' : 'erasures.release.missing', { who: t(`erasures.release.${by}`), day: dateText(since), n: count, by: released_by }),
  )
}

/** Both have released it: nothing is left to do for anybody. */
export const isReleased = ({ releases }: Rule): boolean => releases.length === 2 && releases.every(({ released_by }) => released_by !== '')

/** Who is concerned, and on which law. */
export const whyOf = ({ rule, left_before }: Rule): string => t(`erasures.why.${rule}`, { day: dateText(left_before) })
