// Two records of one person side by side: what each says, and where they say different things.
import { dateText } from '$ui/format'
import { t } from '$ui/words'
import type { Task } from '../../../tasks/tasks'
import type { Block, Dwelling, PersonAnswer } from '../../person'

export interface Line {
  label: string
  values: [string, string]
  /** Both say something, and not the same. Whether that stands in the way the register decides. */
  differs: boolean
}

type Said = (answer: PersonAnswer) => string

const each = <T>(list: T[], words: (one: T) => string): string => list.map(words).filter(Boolean).sort((a, b) => a.localeCompare(b, 'de')).join('\n')

const said: [string, Said][] = [
  ['family_name', ({ person }) => person.family_name],
  ['birth_name', ({ person }) => person.birth_name],
  ['given_names', ({ person }) => person.given_names],
  ['doctorate', ({ person }) => person.doctorate],
  ['birth_date', ({ person }) => dateText(person.birth_date)],
  ['birth_place', ({ person }) => [person.birth_place, person.birth_country_text].filter(Boolean).join(', ')],
  ['sex', ({ person }) => person.sex_text],
  ['nationality', ({ person }) => person.nationalities_text.join(', ')],
  ['religion', ({ person }) => person.religion_text],
  ['marital_status', ({ person }) => [person.marital_status_text, person.marital_status_since && t('person.since', { date: dateText(person.marital_status_since) })].filter(Boolean).join(', ')],
  ['tax_id', ({ person }) => person.tax_id],
  ['azr_number', ({ person }) => person.azr_number ?? ''],
]

/** What people compare first the names and numbers, then where somebody lived, papers and relatives. Empty lines are left out. */
export function lines(one: PersonAnswer, other: PersonAnswer): Line[] {
  const lists: [string, Said][] = [
    [t('merge.status'), ({ person }) => person.status_text],
    [t('person.lives'), ({ dwellings }) => each(dwellings, (dwelling) => [dwelling.address, dwelling.status_text, dwelling.moved_in && t('person.lives.since', { date: dateText(dwelling.moved_in) }), dwelling.moved_out && t('person.block.until', { date: dateText(dwelling.moved_out) })].filter(Boolean).join(', '))],
    [t('person.papers'), ({ documents }) => each(documents, (paper) => [paper.doc_type_text, paper.serial].filter(Boolean).join(' '))],
    [t('person.relations'), ({ relations }) => each(relations, (relation) => (relation.blocked ? t('person.relation.blocked') : `${relation.kind_text}: ${relation.given_names} ${relation.family_name}`))],
  ]
  const named = said.map(([name, words]): [string, Said] => [t(`person.field.${name}`), words])
  return [...named, ...lists]
    .map(([label, words]): Line => {
      const values: [string, string] = [words(one), words(other)]
      return { label, values, differs: values[0] !== '' && values[1] !== '' && values[0] !== values[1] }
    })
    .filter(({ values }) => values.some(Boolean))
}

/** Every block holds on: those of both records, each once, and in which of them it stands. */
export function jointBlocks({ blocks: kept }: PersonAnswer, { blocks: other }: PersonAnswer): (Block & { side: 'kept' | 'other' | 'both' })[] {
  const same = (one: Block) => (two: Block) => one.paragraph === two.paragraph && one.text === two.text && one.until === two.until
  return [
    ...kept.map((block) => ({ ...block, side: other.some(same(block)) ? ('both' as const) : ('kept' as const) })),
    ...other.filter((block) => !kept.some(same(block))).map((block) => ({ ...block, side: 'other' as const })),
  ]
}

/** The record that stays and the one that goes, as a task of four eyes names them. */
export function recordsOf(task: Pick<Task, 'subject'>): { kept: string; other: string } | undefined {
  const [kept, other] = (task.subject ?? '').split(' ')
  return kept && other ? { kept, other } : undefined
}

/** The open proposal about these two, in whichever direction. */
export const proposalOf = (tasks: Task[], ids: string[]): Task | undefined =>
  tasks.find((task) => {
    const records = recordsOf(task)
    return records && ids.includes(records.kept) && ids.includes(records.other)
  })

/** What becomes of a dwelling that both records together have. */
export type Fate = '' | 'main' | 'secondary' | 'over'

/** The current dwellings of both, each once; of one that both have, the kept record's. */
export function currentOf({ dwellings: kept }: PersonAnswer, { dwellings: other }: PersonAnswer): Dwelling[] {
  const same = (a: Dwelling, b: Dwelling): boolean => (['address', 'moved_in', 'moved_out', 'addition', 'apartment_no'] as const).every((name) => (a[name] ?? '') === (b[name] ?? ''))
  const current = kept.filter((dwelling) => dwelling.current)
  return [...current, ...other.filter((dwelling) => dwelling.current && !current.some((one) => same(one, dwelling)))]
}

/** A sole one, or one main one among secondary ones: then nobody has to decide. */
export function haveOneMain(dwellings: Dwelling[]): boolean {
  const main = dwellings.filter(({ status }) => status !== 'N')
  return main.length <= 1 && (dwellings.length === 1 || main.every(({ status }) => status !== 'E'))
}

export interface Decided {
  main_dwelling_id: string
  ended_dwellings: { dwelling_id: string; moved_out: string }[]
}
/** What was said of each; undefined while it is not one main one, something is left open, or a day is missing. */
export function decided(dwellings: Dwelling[], fates: Record<string, Fate>, days: Record<string, unknown>): Decided | undefined {
  const main = dwellings.filter(({ id }) => fates[id] === 'main')
  const ended = dwellings.filter(({ id }) => fates[id] === 'over').map(({ id }) => ({ dwelling_id: id, moved_out: String(days[id] ?? '') }))
  const complete = dwellings.every(({ id }) => fates[id]) && ended.every(({ moved_out }) => /^\d{4}-\d\d-\d\d$/.test(moved_out))
  return complete && main.length === 1 ? { main_dwelling_id: main[0]!.id, ended_dwellings: ended } : undefined
}
