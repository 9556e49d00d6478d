// Tours as the server lists them, and what follows from their times and states.
import { clockOf, minutesOf } from '$desk/days'

export type TourState = 'planned' | 'out' | 'in' | 'cancelled'

export interface TourRow {
  id: string
  site_id: string
  site_name: string
  day: string
  from_time: string
  until_time: string
  state: TourState
  staff: { id: string; name: string }[]
  device_name: string
  expires_ms: number | null
  wiped_ms: number | null
  appointments: number
}

export interface Site {
  id: string
  name: string
  street: string
  postcode: string
  city: string
  contact: string
  line_verdict: string
}

export interface Appointment {
  id: string
  tour_id: string
  at_time: string
  minutes: number
  procedure: string
  person_id: string | null
  /** What stands for the name of somebody one may not see; then there is no more of them than the time. */
  name: string
  hidden?: boolean
  birth_date: string | null
  note: string | null
  consent: number
  state: 'planned' | 'done' | 'not_met' | 'refused'
  case_id: string | null
  case_status: string | null
}

export interface TourAnswer {
  tour: { id: string; day: string; from_time: string; until_time: string; state: TourState; exception: string; expires_ms: number | null; checked_out_ms: number | null; checked_in_ms: number | null; wiped_ms: number | null }
  site?: Site
  device?: { id: string; name: string; state: string }
  staff: { id: string; name: string }[]
  appointments: Appointment[]
}

/** The state people are told: a tour that is back and wiped is over; one that was wiped out there is neither. */
export function tourState(tour: { state: string; wiped_ms: number | null }): string {
  if (!tour.wiped_ms || tour.state === 'planned' || tour.state === 'cancelled') return tour.state
  return tour.state === 'in' ? 'wiped' : 'emptied'
}
/** No Koffer has fetched it yet: it can still be another day, or not at all. One that had it may still work on it. */
export const isUnfetched = ({ state, checked_out_ms }: { state: string; checked_out_ms: number | null }): boolean => state === 'planned' && checked_out_ms === null

const tones: Record<string, 'info' | 'success' | 'warning'> = { out: 'info', wiped: 'success', emptied: 'warning' }
export const tourTone = (tour: { state: string; wiped_ms: number | null }) => tones[tourState(tour)] ?? 'neutral'

/** What is left is the hub's alone: for the person everything is done. */
const settled = ['prechecked_offline', 'prechecked', 'booked', 'closed']

/** How an appointment stands: its own mark, or how far its case is. */
export function appointmentState({ state, case_id, case_status }: Appointment): string {
  if (state === 'planned' && case_status && settled.includes(case_status)) return 'done'
  return state === 'planned' && case_id ? 'working' : state
}

/** Where the next appointment may begin: after the last one, or at the tour's start; undefined when the day is full. */
export function nextTime(tour: { from_time: string; until_time: string }, appointments: Appointment[]): string | undefined {
  const ends = appointments.map(({ at_time, minutes }) => minutesOf(at_time) + minutes)
  const next = Math.max(minutesOf(tour.from_time), ...ends)
  return next < minutesOf(tour.until_time) ? clockOf(next) : undefined
}

/** Appointment that is in the way of a new one, if any. */
export function overlapping(at: string, minutes: number, appointments: Appointment[]): Appointment | undefined {
  const begin = minutesOf(at)
  return appointments.find((one) => begin < minutesOf(one.at_time) + one.minutes && minutesOf(one.at_time) < begin + minutes)
}

/** Tours still to do or under way, next first; and those that are over, last first. */
export function sorted(tours: TourRow[], today: string): { open: TourRow[]; over: TourRow[] } {
  const isOver = (tour: TourRow) => ['wiped', 'cancelled'].includes(tourState(tour)) || (tour.state === 'planned' && tour.day < today)
  return { open: tours.filter((tour) => !isOver(tour)), over: tours.filter(isOver).reverse() }
}
