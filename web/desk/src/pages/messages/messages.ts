// What other authorities are told and what they tell: outbox.list, inbox.list.
import type { Tone, Worded } from '$ui'
import type { Field, Values } from '$procedure'

export type OutState = 'due' | 'handed_over' | 'acknowledged' | 'rejected' | 'repaired' | 'cancelled'

export interface Trouble {
  code: string
  details: Record<string, any>
  words: Worded
}

export interface Message {
  id: string
  message_type: string | null
  /** Whom it is about; of somebody one may not see the fact that it is so, and nothing that would tell more. */
  person_name: string
  person_id: string | null
  hidden?: boolean
  recipient: string | null
  state: OutState
  due_on: string
  late: boolean
  law: string | null
  case_id: string | null
  case_number?: string
  created_at_ms: number
  handed_over_at_ms?: number | null
  acknowledged_at_ms?: number | null
  state_at_ms?: number | null
  attempts: number
  problem: Trouble | null
  replaces: string
  replaced_by: string
  answer_type: string | null
  answer_due_on: string | null
  answered: boolean
}

/** A message with what it says. */
export interface WholeMessage {
  message: Message
  payload: Values
  fields: Field[]
}

export interface Incoming {
  id: string
  message_type: string | null
  person_name: string
  hidden?: boolean
  sender: string | null
  state: 'done' | 'open' | 'rejected' | 'settled'
  received_at_ms: number
  case_id: string | null
  person_id: string | null
  problem: Trouble | null
  note: string | null
}

/** The word for a type; it is kept back where it would tell something of somebody one may not see. */
export const typeKey = ({ message_type }: { message_type: string | null }): string => `message.${message_type ?? 'hidden'}`

const tones: Record<OutState, Tone> = { due: 'neutral', handed_over: 'info', acknowledged: 'success', rejected: 'danger', repaired: 'neutral', cancelled: 'neutral' }

/** Refused ones first, then what is late, then by deadline; what is settled comes last. */
export function urgency({ state, late, answered, answer_due_on, due_on }: Pick<Message, 'state' | 'late' | 'answered' | 'answer_due_on' | 'due_on'>, today: string): string {
  const waiting = !!answer_due_on && !answered && answer_due_on < today
  const rank = state === 'rejected' ? 0 : late ? 1 : waiting ? 2 : state === 'due' ? 3 : state === 'handed_over' ? 4 : 5
  return `${rank}${due_on}`
}

/** The word of its state and how it presses. */
export function stateOf({ state, late }: Pick<Message, 'state' | 'late'>): { key: string; tone: Tone } {
  return late && state === 'due' ? { key: 'message_state.late', tone: 'warning' } : { key: `message_state.${state}`, tone: tones[state] ?? 'neutral' }
}

/** The moment its state came about. */
export const sinceOf = (message: Message): number => message.state_at_ms || message.acknowledged_at_ms || message.handed_over_at_ms || message.created_at_ms

export const canRepair = ({ state, hidden }: Pick<Message, 'state' | 'hidden'>): boolean => !hidden && state === 'rejected'
export const canCancel = ({ state, hidden }: Pick<Message, 'state' | 'hidden'>): boolean => !hidden && (state === 'rejected' || state === 'due')

/** The words of both decisions about something that arrived: whom it means, which dwelling, or that it is undone. */
export function choicesOf({ message_type, problem }: Pick<Incoming, 'message_type' | 'problem'>): { apply: string; close: string } {
  if (message_type === 'revocation') return { apply: 'inbox.undo', close: 'inbox.undo.not' }
  if (problem?.code === 'residence.message_main_dwelling') return { apply: 'inbox.main.there', close: 'inbox.main.here' }
  return { apply: 'inbox.apply', close: 'inbox.close' }
}

/** Whom one may choose from; where the program knows who is meant, that person alone. */
export const whoOf = (candidates: string[], { person_id }: Pick<Incoming, 'person_id'>): string[] => (candidates.length > 0 ? candidates.slice(0, 8) : person_id ? [person_id] : [])

/** Laws without the handbook's note that they have still to be looked up. */
export const lawText = (law: string): string => law.replace(/\s*\(zu prüfen\)/g, '')
