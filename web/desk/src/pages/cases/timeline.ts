// The journal of a case in the words of people.
import { didText } from '$desk/parts/did'
import type { JournalEntry } from './types'

export interface Moment {
  seq: number
  at: string
  text: string
  /** Who and where: "Jördis Łuczak · Koffer 3". */
  by: string
  /** Why it was read, or why it was not done. */
  why: string
  tone: 'normal' | 'refused' | 'conflict' | 'read'
  /** How many of the same kind one after the other. */
  times: number
}

const places: Record<string, string> = { counter: 'Schalter', koffer: 'Koffer', system: 'Programm', kiosk: 'Bürgerterminal', portal: 'Portal' }

function by({ actor_name, device_name, place }: JournalEntry): string {
  const where = device_name || places[place] || ''
  return [actor_name || (place === 'system' ? 'Programm' : ''), where].filter((part, index, all) => part !== '' && all.indexOf(part) === index).join(' · ')
}

/** Newest first; the same thing by the same person in a row (twelve scans) stands once. `word` words problem codes. */
export function timelineOf(journal: JournalEntry[], { reads = false, word = (code: string) => code } = {}): Moment[] {
  const moments: Moment[] = []
  for (const entry of [...journal].sort((a, b) => a.seq - b.seq)) {
    if (entry.kind === 'read' && !reads) continue
    const refused = entry.outcome.startsWith('refused')
    const conflict = entry.outcome === 'conflict'
    const text = didText(entry.name)
    const moment: Moment = {
      seq: entry.seq, at: new Date(entry.at_ms).toISOString(), by: by(entry), times: 1,
      text: refused ? `Nicht angenommen: ${text}` : conflict ? `Abweichung gefunden: ${text}` : text,
      why: refused ? word(entry.outcome.slice('refused:'.length)) : entry.kind === 'read' ? entry.reason : '',
      tone: refused ? 'refused' : conflict ? 'conflict' : entry.kind === 'read' ? 'read' : 'normal',
    }
    const last = moments.at(-1)
    if (last && last.text === moment.text && last.by === moment.by && last.why === moment.why) Object.assign(last, { times: last.times + 1, at: moment.at, seq: moment.seq })
    else moments.push(moment)
  }
  return moments.reverse()
}
