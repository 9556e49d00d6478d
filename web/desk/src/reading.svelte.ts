// Why register data is read. Every read is journalled with it, so it is asked once and stays until it is changed.
import { session } from '$api'
import { frame } from './frame.svelte'

export const reading = $state({ chosen: '' })

/** The reason for the next read: what was chosen, else the open case, else the tour; empty when it must be asked. */
export function readingReason(): string {
  if (reading.chosen) return reading.chosen
  if (frame.openCase) return `Vorgang ${frame.openCase.number}`
  const tour = session.get()?.choices?.tour
  return session.get()?.place === 'koffer' && tour ? `Tour ${tour.site}` : ''
}

/** What people usually have in front of them; anything else is typed. */
export const usualReasons = [
  'Anmeldung einer Wohnung',
  'Vorsprache der Person selbst',
  'Ausweis oder Pass',
  'Planung einer Tour',
  'Anfrage einer Behörde',
  'Auskunft aus dem Melderegister',
  'Berichtigung von Amts wegen',
]
