// What desk.today answers.
import type { CaseHead } from '../cases/types'
import type { Appointment, TourRow } from '../tours/tours'

export type CaseRow = Pick<CaseHead, 'id' | 'number' | 'title' | 'status' | 'channel' | 'opened_at_ms'>

export interface Today {
  next: Omit<Appointment, 'consent'> | null
  due: { id: string; person_name: string; recipient: string | null; message_type: string | null; due_on: string; case_id: string | null }[]
  returned: CaseRow[]
  tours: Omit<TourRow, 'site_id' | 'staff' | 'device_name' | 'expires_ms'>[]
  cases: CaseRow[]
  counts: { conflicts: number; quarantine: number }
}
