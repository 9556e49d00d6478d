// What desk.today answers.

export interface CaseRow {
  id: string
  number: string
  title: string
  status: string
  channel: string
  opened_at_ms: number
}

export interface NextAppointment {
  id: string
  tour_id: string
  at_time: string
  minutes: number
  procedure: string
  person_id: string | null
  name: string
  birth_date: string
  note: string
  state: string
  case_id: string | null
  case_status: string | null
}

export interface TourRow {
  id: string
  site_name: string
  day: string
  from_time: string
  until_time: string
  state: string
  /** Set once its Koffer has reported the data destroyed. */
  wiped_ms: number | null
  appointments: number
}

export interface Today {
  next: NextAppointment | null
  due: { id: string; recipient: string; message_type: string; due_on: string; case_id: string | null }[]
  returned: CaseRow[]
  tours: TourRow[]
  cases: CaseRow[]
  counts: { conflicts: number; quarantine: number }
}
