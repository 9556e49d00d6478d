// Numbers, days and times the way people say them: 3.4.1962, 13,00 €, 14:05, vor 4 Minuten.
import { parsePartial, type Value } from '$procedure'

const months = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember']

/** `1962-04-03` → 3.4.1962, `1965-05-00` → Mai 1965, `1965-00-00` → 1965, `0000-00-00` → unbekannt. */
export function dateText(date: string | null | undefined): string {
  const parts = date ? parsePartial(date.slice(0, 10)) : undefined
  if (!parts) return date ?? ''
  const { year, month, day } = parts
  if (year === 0) return 'unbekannt'
  if (month === 0) return String(year)
  return day === 0 ? `${months[month - 1]} ${year}` : `${day}.${month}.${year}`
}

/** Cents → 13,00 € (with a space that does not break). */
export function moneyText(cents: number): string {
  return (cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' })
}

const clock = new Intl.DateTimeFormat('de-DE', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' })
const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })

/** The day in Germany, `YYYY-MM-DD`. */
export function todayText(now = new Date()): string {
  return dayOf.format(now)
}

/** A timestamp → 14:05 */
export function timeText(timestamp: string | Date): string {
  return clock.format(new Date(timestamp))
}

/** A timestamp → 3.4.2026, 14:05 */
export function dateTimeText(timestamp: string | Date): string {
  const moment = new Date(timestamp)
  return `${dateText(dayOf.format(moment))}, ${clock.format(moment)}`
}

/** How long ago: gerade eben, vor 4 Minuten, heute 14:05, gestern 14:05, then the day and time. */
export function timeAgoText(timestamp: string | Date, now = new Date()): string {
  const moment = new Date(timestamp)
  const minutes = Math.floor((now.getTime() - moment.getTime()) / 60_000)
  if (minutes >= 0 && minutes < 1) return 'gerade eben'
  if (minutes >= 1 && minutes < 60) return minutes === 1 ? 'vor 1 Minute' : `vor ${minutes} Minuten`
  const days = Math.round((Date.parse(todayText(now)) - Date.parse(dayOf.format(moment))) / 86_400_000)
  const near = { '0': 'heute', '1': 'gestern', '-1': 'morgen' }[String(days)]
  return near ? `${near} ${clock.format(moment)}` : dateTimeText(moment)
}

/** Bytes → 1,4 MB */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value.toLocaleString('de-DE', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`
}

/** Bytes per second → 2,1 Mbit/s */
export function rateText(bytesPerSecond: number): string {
  const bits = bytesPerSecond * 8
  const [value, unit] = bits < 1_000_000 ? [bits / 1000, 'kbit/s'] : [bits / 1_000_000, 'Mbit/s']
  return `${value.toLocaleString('de-DE', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`
}

/** Seconds → 40 s, 4 min, 2 h */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

/** A plain value as it stands in a sentence or list. */
export function valueText(value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateText(value) : /^\d{4}-\d{2}-\d{2}T/.test(value) ? dateTimeText(value) : value
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (typeof value === 'number') return value.toLocaleString('de-DE', { useGrouping: value >= 10_000 })
  return Array.isArray(value) ? value.map(valueText).join(', ') : ''
}
