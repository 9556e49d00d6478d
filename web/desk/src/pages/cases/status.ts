// The state of a case in words, and the steps a case goes through with people.
import { dateText } from '$ui/format'
import type { Tone } from '$ui'
import type { CaseData, Finding, Place, Status } from './types'

const statuses: Record<Status, { text: string; tone: Tone; rank: number }> = {
  draft: { text: 'in Arbeit', tone: 'neutral', rank: 0 },
  captured: { text: 'Angaben festgehalten', tone: 'neutral', rank: 1 },
  signed: { text: 'unterschrieben', tone: 'info', rank: 2 },
  prechecked_offline: { text: 'ohne Zentrale vorgeprüft', tone: 'info', rank: 3 },
  prechecked: { text: 'vorgeprüft', tone: 'info', rank: 3 },
  booked: { text: 'gebucht', tone: 'success', rank: 4 },
  closed: { text: 'abgeschlossen', tone: 'success', rank: 5 },
  withdrawn: { text: 'zurückgezogen', tone: 'warning', rank: 9 },
  not_competent: { text: 'andere Behörde zuständig', tone: 'warning', rank: 9 },
  refused: { text: 'abgelehnt', tone: 'warning', rank: 9 },
}

/** All states, in the order in which a case goes through them. */
export const statusList = Object.keys(statuses) as Status[]
export const statusText = (status: string): string => statuses[status as Status]?.text ?? status
export const statusTone = (status: string): Tone => statuses[status as Status]?.tone ?? 'neutral'
export const statusRank = (status: string): number => statuses[status as Status]?.rank ?? 0

const channels: Record<string, string> = { counter: 'Schalter', koffer: 'Koffer', kiosk: 'Bürgerterminal', portal: 'Portal' }
export const channelText = (channel: string): string => channels[channel] ?? channel

/** Decided one way or the other: nothing of it can be changed any more. */
export const isOver = (status: Status): boolean => status === 'booked' || status === 'closed' || isEnded(status)
/** Over, and never to be booked. */
export const isEnded = (status: Status): boolean => statusRank(status) === 9
/** The form can still be changed: nobody has signed it. */
export const isOpenForm = (status: Status): boolean => status === 'draft' || status === 'captured'

export type StepId = 'form' | 'evidence' | 'review' | 'sign' | 'hand_over' | 'precheck' | 'book' | 'end'
/** off: the case ended without a booking, it will not come to it; now: next to do; locked: something before it is missing; hub: done by the hub, nothing to do here. */
export type StepState = 'done' | 'now' | 'open' | 'locked' | 'hub' | 'off'
export interface Step {
  id: StepId
  state: StepState
}

export interface Progress {
  status: Status
  place: Place
  /** What was typed since the form was taken (case.submit). */
  changed: boolean
  /** Required evidence that is not there. */
  missing: number
  /** Evidence that is there. */
  attached: number
  /** How far a case had come that ended without a booking (rank of the state before); its own state does not say. */
  reached?: number
  /** The law asks for no registration: the case ends with that word instead of a signature. */
  notNeeded?: boolean
  /** Whether everything that belongs to this point was handed over. */
  handedOver: boolean
}

/** The steps with their states. Signing needs all evidence; booking is the hub's alone. */
export function stepsOf(at: Progress): Step[] {
  const rank = isEnded(at.status) ? (at.reached ?? 0) : statusRank(at.status)
  const over = isOver(at.status)
  const taken = rank >= 1 && !at.changed
  const signed = rank >= 2
  const checked = rank >= 3
  const states: Partial<Record<StepId, StepState>> = at.notNeeded ? { form: taken ? 'done' : 'open', review: taken ? 'done' : 'open', end: over ? 'done' : taken ? 'open' : 'locked' } : {
    form: taken ? 'done' : 'open',
    evidence: at.missing === 0 && (at.attached > 0 || signed) ? 'done' : 'open',
    review: taken ? 'done' : 'open',
    sign: signed ? 'done' : taken && at.missing === 0 ? 'open' : 'locked',
    hand_over: signed && at.handedOver ? 'done' : 'open',
    precheck: checked ? 'done' : signed ? 'open' : 'locked',
    book: rank >= 4 ? 'done' : at.place === 'koffer' ? 'hub' : checked ? 'open' : 'locked',
  }
  const list = (Object.keys(states) as StepId[]).map((id) => ({ id, state: states[id]! }))
  if (isEnded(at.status)) return list.map((step) => ({ ...step, state: step.state === 'done' ? 'done' : 'off' }))
  const next = over ? undefined : nextStep(at, states)
  return list.map((step) => (step.id === next ? { ...step, state: 'now' } : step))
}

function nextStep(at: Progress, states: Partial<Record<StepId, StepState>>): StepId | undefined {
  if (states.form === 'open') return 'form'
  if (at.notNeeded) return states.end === 'open' ? 'end' : undefined
  if (at.missing > 0 && states.sign !== 'done') return 'evidence'
  return (['sign', 'hand_over', 'precheck', 'book'] as const).find((id) => states[id] === 'open')
}

/** The scanned sheet that was signed with a pen. */
export const signedSheet = 'signed_sheet'
export const isSignature = ({ kind }: { kind: string }): boolean => kind === 'signature' || kind === signedSheet
/** Signed, but not on the pad, and without the sheet. */
export const isUnsheeted = (status: Status, documents: { kind: string }[]): boolean => statusRank(status) >= 2 && !isOver(status) && !documents.some(isSignature)

/** What was handed to the person, with the last time: code `handed_over.<what>`. */
export function handedOver(findings: Finding[]): Map<string, { at: string; way: string }> {
  const all = new Map<string, { at: string; way: string }>()
  for (const { code, details } of findings) {
    if (!code.startsWith('handed_over.')) continue
    const what = code.slice('handed_over.'.length)
    const before = all.get(what)
    if (!before || before.at <= String(details.at)) all.set(what, { at: String(details.at ?? ''), way: String(details.way ?? '') })
  }
  return all
}

/** The last finding of this code, as it says when it was; only in this state, if one is named. */
export function lastFinding(findings: Finding[], code: string, state?: Finding['state']): Finding | undefined {
  const all = findings.filter((one) => one.code === code && (!state || one.state === state))
  return all.sort((a, b) => String(a.details.at).localeCompare(String(b.details.at))).at(-1)
}

const awaitedThings: Record<string, string> = { documents: 'Unterlagen', payment: 'die Zahlung', other_authority: 'eine andere Stelle', second_person: 'eine zweite Person' }
export const awaitedText = (what: string): string => awaitedThings[what] ?? what
/** „Wartet auf Unterlagen, Wiedervorlage 3.12.2026" */
export const waitingText = (waiting: { for?: unknown; until?: unknown }): string => `Wartet auf ${awaitedText(String(waiting.for))}, Wiedervorlage ${dateText(String(waiting.until))}`

/** The receipt that was issued last, if any. */
export function receiptOf(findings: Finding[]): { number: string; at: string } | undefined {
  const all = findings.filter(({ code }) => code === 'receipt').map(({ details }) => ({ number: String(details.number), at: String(details.at) }))
  return all.sort((a, b) => a.at.localeCompare(b.at)).at(-1)
}

/** How far a document has come here: the share held, or nothing when it is all here. */
export function arrival(document: Pick<CaseData['documents'][number], 'chunk_count' | 'chunks_held' | 'verified'>): 'whole' | 'none' | { held: number; of: number } {
  if (document.verified) return 'whole'
  return document.chunk_count === 0 ? 'none' : { held: document.chunks_held, of: document.chunk_count }
}

/** Where the case is for certain; what the server says last wins, else what the place implies. */
export function whereOf(status: Status, place: Place, told: 'here' | 'hub' | 'final' | undefined): 'here' | 'hub' | 'final' {
  if (told) return told
  if (place === 'koffer') return 'here'
  return isOver(status) ? 'final' : 'hub'
}
