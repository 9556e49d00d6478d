// Days and times of a tour as people say them.
import { dateText, todayText } from '$ui/format'

const weekday = new Intl.DateTimeFormat('de-DE', { weekday: 'long', timeZone: 'UTC' })

const longDay = new Intl.DateTimeFormat('de-DE', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `2026-11-05` → Donnerstag, 5.11.2026; today and tomorrow are said so. */
export function dayText(day: string, today = todayText()): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
  const near = { '0': 'heute', '1': 'morgen', '-1': 'gestern' }[String(days)]
  const name = Number.isNaN(days) ? '' : weekday.format(Date.parse(day))
  return near ? `${near}, ${dateText(day)}` : name ? `${name}, ${dateText(day)}` : dateText(day)
}

/** `2026-11-05` → Donnerstag, 5. November 2026 */
export function longDayText(day: string): string {
  return longDay.format(Date.parse(day))
}

/** 9:00 and 12:30 → 9:00–12:30 Uhr */
export function spanText(from: string, until: string): string {
  return `${clockText(from)}–${clockText(until)} Uhr`
}

/** 09:00 → 9:00 */
export function clockText(time: string): string {
  return time.replace(/^0(?=\d:)/, '')
}

/** What people type as a time → `HH:MM`, which the server takes: 9, 930, 9.30, 9:30. Undefined if it is none. */
export function readClock(text: string): string | undefined {
  const hit = /^(\d{1,2})(?:[:.,h ]?(\d{2}))?$/.exec(text.trim().replace(/\s*uhr$/i, ''))
  if (!hit) return undefined
  const hours = Number(hit[1])
  const minutes = Number(hit[2] ?? '0')
  return hours < 24 && minutes < 60 ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : undefined
}

/** Milliseconds since 1970 (as the server keeps times) → timestamp; undefined for none. */
export function stamp(ms: number | null | undefined): string | undefined {
  return ms ? new Date(ms).toISOString() : undefined
}

/** Minutes after midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

/** The other way round. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const wall = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Berlin' })

/** Day and time as the clocks in Germany show them → timestamp, also around the days on which they change. */
export function momentOf(day: string, time: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const ahead = (at: number) => Date.parse(wall.format(at).replace(' ', 'T') + 'Z') - at
  const near = wanted - ahead(wanted)
  return new Date(wanted - ahead(near)).toISOString().replace('.000Z', 'Z')
}

/** Whether it is a day of the calendar: a date may still be typed, or lack its day. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && dayAfter(dayAfter(value, -1)) === value

/** The day after, as the server writes days. */
export function dayAfter(day: string, days = 1): string {
  const noon = Date.parse(`${day}T12:00:00Z`)
  return Number.isNaN(noon) ? '' : new Date(noon + days * 86_400_000).toISOString().slice(0, 10)
}
