// What task.list answers, in the order in which it presses.
import { dateText, dateTimeText } from '$ui/format'
import { t, type Params } from '$ui/words'
import type { Tone } from '$ui'

export interface Task {
  id: string
  kind: string
  /** What of its kind it is about: of merge_persons the record that stays and the one that goes. */
  subject?: string | null
  title: string | null
  case_id: string | null
  person_id: string | null
  due_on: string | null
  state: 'open' | 'scheduled' | 'done' | 'dropped'
  scheduled_at: string | null
  place: string | null
  note: string | null
  result: string | null
  closed_at_ms: number | null
  closed_by_name: string
  case_number: string
  case_title: string
  /** Whom it is about; of somebody one may not see the fact that it is so. */
  person_name: string
  hidden?: boolean
  /** What whoever asked can do about it. */
  may_close: boolean
  may_schedule: boolean
}

export const isTodo = ({ state }: Pick<Task, 'state'>): boolean => state === 'open' || state === 'scheduled'

const groups = ['late', 'today', 'week', 'later', 'open_end', 'closed'] as const
export type Group = (typeof groups)[number]

/** The day it presses: its deadline, or the day that was agreed if that comes first. */
export function pressing({ due_on, scheduled_at }: Pick<Task, 'due_on' | 'scheduled_at'>): string | undefined {
  const agreed = scheduled_at?.slice(0, 10)
  return [due_on ?? undefined, agreed].filter((day): day is string => Boolean(day)).sort()[0]
}

function groupOf(task: Task, today: string, weekEnd: string): Group {
  if (!isTodo(task)) return 'closed'
  const day = pressing(task)
  if (!day) return 'open_end'
  return day < today ? 'late' : day === today ? 'today' : day <= weekEnd ? 'week' : 'later'
}

/** Tasks by how they press; empty groups are left out. Inside a group by day, what is closed newest first. */
export function grouped(tasks: Task[], today: string): { group: Group; tasks: Task[] }[] {
  const weekEnd = new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10)
  const day = (task: Task) => pressing(task) ?? '9999'
  return groups
    .map((group) => ({ group, tasks: tasks.filter((task) => groupOf(task, today, weekEnd) === group) }))
    .filter(({ tasks }) => tasks.length > 0)
    .map(({ group, tasks }) => ({ group, tasks: [...tasks].sort(group === 'closed' ? (a, b) => (b.closed_at_ms ?? 0) - (a.closed_at_ms ?? 0) : (a, b) => day(a).localeCompare(day(b))) }))
}

/** When: the appointment, else the deadline, with how it presses. */
export function whenOf(task: Task, today: string): { text: string; tone: Tone } | undefined {
  if (!isTodo(task)) return undefined
  const late = task.due_on !== null && task.due_on < today
  if (task.scheduled_at && !late) return { text: `Termin ${dateTimeText(task.scheduled_at)}`, tone: task.scheduled_at.slice(0, 10) < today ? 'warning' : 'info' }
  if (!task.due_on) return undefined
  return late ? { text: `überfällig seit ${dateText(task.due_on)}`, tone: 'warning' } : { text: `bis ${dateText(task.due_on)}`, tone: task.due_on === today ? 'warning' : 'neutral' }
}

const kinds: Record<string, string> = {
  id_card_sticker: 'Anschriftenaufkleber', passport_sticker: 'Wohnort im Pass', lessor_missing: 'Wohnungsgeberbestätigung fehlt', lessor_conflict: 'Wohnungsgeber klären', new_id_card: 'Neuer Ausweis', legal_hold: 'Löschsperre',
  house_number_unknown: 'Hausnummer unbekannt', auswertung_missing: 'Auswertung fehlt', message_rejected: 'Nachricht abgewiesen', message_late: 'Nachricht verspätet', message_arrived: 'Nachricht doch angekommen', vms_differs: 'Meldeschein weicht ab',
  main_dwelling_conflict: 'Hauptwohnung klären', block_request: 'Auskunftssperre', block_elsewhere: 'Auskunftssperre', answer_kept: 'Auswertung bestätigen', second_home_tax: 'Zweitwohnungsteuer', inquiry_of_blocked: 'Aufenthaltsanfrage', auswertung_not_found: 'Person dort unbekannt',
  data_differ: 'Berichtigung prüfen', double_person: 'Doppelt geführt', merge_persons: 'Zusammenführen', case_waiting: 'Wiedervorlage', hearing_answer: 'Antwort auf Anhörung', read_reason: 'Frage der Revision', mass_erasure: 'Massenlöschung', mass_erasure_second: 'Massenlöschung', tenant_export: 'Auszug aller Daten', tenant_export_asked: 'Auszug aller Daten', registration_rests: 'Ruhende Anmeldung',
}
export const kindText = (kind: string): string => kinds[kind] ?? 'Sonstiges'

/** Words for closing a task: those of its kind, else those of all. */
export function closingText({ kind }: Pick<Task, 'kind'>, part: string, params: Params = {}): string {
  const own = `tasks.close.${kind.replace(/_second$/, '')}.${part}`
  return t(own) === own ? t(`tasks.close.${part}`, params) : t(own, params)
}

/** What is to do; a title may tell more than one may know of somebody: then its kind alone. */
export const titleOf = ({ title, kind }: Pick<Task, 'title' | 'kind'>): string => title ?? kindText(kind)

/** Where somebody who may be known twice is dealt with; undefined: nothing of that kind. */
export function twicePath({ kind, subject, person_id }: Pick<Task, 'kind' | 'subject' | 'person_id'>): string | undefined {
  const [kept, other] = (subject ?? '').split(' ')
  if (kind === 'merge_persons' && kept && other) return `/person/${kept}/doppelt/${other}`
  return kind === 'double_person' && person_id ? `/person/${person_id}/doppelt` : undefined
}

/** What of a task can be looked for. */
export const wordsOf = (task: Task): string => `${titleOf(task)} ${kindText(task.kind)} ${task.case_number} ${task.case_title ?? ''} ${task.person_name} ${task.place ?? ''}`

/** Who stands beside a task: with its case only where it is about one of several. */
export const whoseOf = ({ person_id, person_name, hidden }: Pick<Task, 'person_id' | 'person_name' | 'hidden'>, own: boolean): string => (!own || person_id || hidden ? person_name : '')
