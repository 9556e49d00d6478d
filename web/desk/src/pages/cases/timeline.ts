// The journal of a case in the words of people.
import type { JournalEntry } from './types'

const done: Record<string, string> = {
  'case.open': 'Vorgang angelegt',
  'case.submit': 'Angaben festgehalten',
  'case.attach': 'Unterlage hinzugefügt',
  'case.sign': 'Erklärung unterschrieben',
  'case.hand_over': 'Unterlage ausgehändigt',
  'case.issue_receipt': 'Empfangsbestätigung ausgestellt',
  'case.precheck': 'Vorgeprüft',
  'case.withdraw': 'Antrag zurückgezogen',
  'case.reopen': 'Zur Korrektur wieder geöffnet',
  'case.detach': 'Unterlage entfernt',
  'task.schedule': 'Termin für eine Aufgabe vereinbart',
  'task.close': 'Aufgabe abgeschlossen',
  'residence.book': 'Im Melderegister gebucht',
  'residence.revoke': 'Buchung zurückgenommen',
  'residence.request_form': 'Meldeschein bei der bisherigen Gemeinde abgefragt',
  'residence.received_form': 'Auskunft der bisherigen Gemeinde angesehen',
  'message.repair': 'Nachricht berichtigt und neu bereitgelegt',
  'message.cancel': 'Nachricht gestrichen',
  'message.note_state': 'Stand einer Nachricht vermerkt',
  'message.receive': 'Nachricht einer anderen Stelle eingegangen',
  'inbox.settle': 'Eingegangene Nachricht entschieden',
  'conflict.decide': 'Abweichung entschieden',
  'quarantine.settle': 'Zurückgestellten Schritt geklärt',
  'appointment.mark': 'Termin vermerkt',
  'person.correct': 'Angabe zur Person geändert',
  'case.get': 'Vorgang angesehen',
  'residence.findings': 'Gegen das Register geprüft',
  'person.get': 'Person angesehen',
}

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
    const text = done[entry.name] ?? entry.name
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
