// What case.get and its neighbours send (src/kernel/case_queries.cpp), as far as the pages use it.
import type { Values } from '$procedure'
import type { Task } from '../tasks/tasks'
import type { Message } from '../messages/messages'

export type Status = 'draft' | 'captured' | 'signed' | 'prechecked_offline' | 'prechecked' | 'booked' | 'closed' | 'withdrawn' | 'not_competent' | 'refused'
export type Place = 'hub' | 'koffer'
export type Where = 'here' | 'hub' | 'final'

export interface CaseHead {
  id: string
  number: string
  procedure: string
  status: Status
  channel: 'counter' | 'koffer' | 'kiosk' | 'portal'
  title: string
  person_id: string | null
  opened_at_ms: number
  opened_by: string
  submitted_at_ms: number | null
  decided_at_ms: number | null
  decision: string | null
  signed_hash: string | null
  form_hash?: string
  certainty?: Where
  /** In lists: what the case waits for, and until when. */
  waiting?: { for: string; until: string } | null
}

export interface CaseDocument {
  id: string
  kind: string
  hash: string
  title: string
  media_type: string
  size: number
  added_at_ms: number
  original_seen: number
  /** How much of it is in this store; 0 of 0 while nothing has arrived. */
  chunk_count: number
  chunks_held: number
  verified: number
  /** Hash of its small picture, which comes before it; empty for none. */
  preview?: string
  preview_verified?: number
}

export interface Finding {
  code: string
  state: 'ok' | 'hint' | 'blocking' | 'unknown' | 'waiting' | 'done'
  details: Record<string, any>
  note?: string | null
}

export interface JournalEntry {
  seq: number
  at_ms: number
  kind: 'command' | 'read' | 'access'
  name: string
  actor_name: string
  device_name: string
  place: string
  reason: string
  outcome: string
}

export interface CaseData {
  case: CaseHead
  form: Values
  draft: { form: Values; saved_at_ms: number; saved_by?: string; saved_by_name?: string } | null
  documents: CaseDocument[]
  documents_removed?: RemovedDocument[]
  tasks?: Task[]
  findings: Finding[]
  journal: JournalEntry[]
  outbox: Message[]
  conflicts: { id: string; title: string; state: string }[]
  quarantine: { command_id: string; code: string; details: Record<string, unknown>; arrived_at_ms: number; state: string }[]
}

/** Taken away before signing, or a signature that is void since the case was opened again. */
export interface RemovedDocument extends CaseDocument {
  state: 'detached' | 'voided'
  state_reason: string
  state_at_ms: number
  state_by_name: string
}

/** One of the persons who may be the same (residence.findings). */
export interface Candidate {
  /** Which person of the form they may be. */
  index: number
  person_id: string
  blocked: boolean
  name: string
  birth_name?: string
  birth_date?: string
  address?: string
  status?: string
  status_text?: string
  blocks?: string[]
  match: string
  match_text?: string
}
