// What the checks found, in words: what was looked at, what came out, what to do.
import { dateText } from '$ui/format'
import type { Finding } from './types'

export interface WordedFinding {
  code: string
  state: Finding['state']
  title: string
  text: string
  /** Booking in spite of it takes somebody else from the lead. */
  fourEyes: boolean
}

const titles: Record<string, string> = {
  'residence.duplicates': 'Ist die Person schon im Register?',
  'residence.already_registered': 'Ist sie in dieser Wohnung schon gemeldet?',
  'residence.one_main_dwelling': 'Genau eine einzige oder Hauptwohnung',
  'residence.previous_dwelling': 'Passt die bisherige Wohnung zum Register?',
  'residence.persons_in_dwelling': 'Personen in der Wohnung',
  'residence.blocks_in_dwelling': 'Sperren an der Anschrift',
  'residence.street': 'Straße und Hausnummer',
  'residence.lessor': 'Bestätigung des Wohnungsgebers',
  'residence.id_document': 'Ausweis',
  'residence.deadline': 'Frist von zwei Wochen',
  'residence.back_dating': 'Einzug liegt lange zurück',
  'residence.data_differ': 'Abweichungen zum Register',
}

const fourEyes = ['residence.back_dating', 'residence.one_main_dwelling', 'residence.persons_in_dwelling']

const fields: Record<string, string> = {
  family_name: 'Familienname', birth_name: 'Geburtsname', given_names: 'Vornamen', doctorate: 'Doktorgrad', birth_date: 'Geburtsdatum', birth_place: 'Geburtsort', sex: 'Geschlecht',
}

const lessorWhy: Record<string, string> = {
  missing: 'Sie fehlt und ist nachzureichen. Der Wohnungsgeber kann befragt werden (BMG § 19 Abs. 5).',
  date_differs: 'Auf ihr steht ein anderer Tag des Einzugs.',
  person_not_named: 'Die Person steht nicht darauf.',
  more_persons_named: 'Es stehen weitere Personen darauf. Fragen Sie, ob sie sich auch anmelden.',
}
const streetWhy: Record<string, string> = {
  no_directory: 'Hier liegt kein Straßenverzeichnis vor.',
  street_without_key: 'Die Straße wurde nicht aus dem Straßenverzeichnis gewählt.',
  street_not_valid: 'Diese Straße gibt es im Verzeichnis am Tag des Einzugs nicht.',
}
const paperWhy: Record<string, string> = {
  serial: 'Die Seriennummer passt nicht zu dieser Art von Ausweis. Lesen Sie noch einmal ab.',
  differs: 'Der Ausweis weicht vom Register ab.',
  expired: 'Kein vorgelegter Ausweis ist mehr gültig.',
}
const previousWhy: Record<string, string> = {
  person_not_known: 'Die Person soll hier gewohnt haben, steht aber nicht im Register.',
  dwelling_not_known: 'Die angegebene bisherige Wohnung steht so nicht im Register.',
  another_dwelling_is_current: 'Im Register ist noch eine andere Wohnung als bewohnt geführt.',
}

const many = (n: unknown, one: string, more: string) => `${n} ${n === 1 ? one : more}`
const because = (why: unknown, words: Record<string, string>) => [why].flat().map((one) => words[String(one)] ?? String(one)).join(' ')

type Words = (details: Record<string, any>, state: Finding['state']) => string
const results: Record<string, Words> = {
  'residence.duplicates': (d, state) =>
    state === 'ok' ? 'Niemand gleichen Namens und Geburtsdatums ist im Register.'
      : (state === 'blocking' ? `${many((d.same ?? []).length, 'Person hat', 'Personen haben')} denselben Namen und Geburtstag. Wählen Sie unten, ob es dieselbe Person ist.` : `${many((d.person_ids ?? []).length, 'ähnliche Person', 'ähnliche Personen')} gefunden. Vergleichen Sie unten.`) +
        (d.deceased ? ' Eine davon ist als verstorben geführt.' : ''),
  'residence.already_registered': (_, state) => (state === 'ok' ? 'Nein.' : 'Ja, die Person ist dort schon gemeldet. Prüfen Sie, ob die Anmeldung doppelt ist.'),
  'residence.one_main_dwelling': (d, state) =>
    state === 'ok' ? `Stimmt bei ${many(d.dwellings, 'Wohnung', 'Wohnungen')}.` : `Bei ${many(d.dwellings, 'Wohnung', 'Wohnungen')} sind es ${d.main_dwellings}. Eine muss die einzige oder die Hauptwohnung sein.`,
  'residence.previous_dwelling': (d, state) => (state === 'ok' ? 'Ja.' : because(d.why, previousWhy)),
  'residence.persons_in_dwelling': (d, state) => `Mit dieser Anmeldung ${many(d.persons, 'Person', 'Personen')}, üblich sind bis zu ${d.limit}.${state === 'blocking' ? ' Fragen Sie nach, wie viele wirklich dort wohnen.' : ''}`,
  'residence.blocks_in_dwelling': (d, state) =>
    state === 'ok' ? 'Keine.'
      : [d.blocked > 0 && `In der Wohnung gilt für ${many(d.blocked, 'Person', 'Personen')} eine Auskunftssperre (BMG § 51).`, d.conditional > 0 && 'An dieser Anschrift gilt ein bedingter Sperrvermerk (BMG § 52).'].filter(Boolean).join(' '),
  'residence.street': (d, state) =>
    state === 'ok' ? 'Beides steht im Verzeichnis.'
      : d.why === 'house_number_unknown' ? `Die Hausnummer ${d.house_no} gibt es dort nicht.`
        : d.why === 'other_postcode' ? `Zu dieser Straße gehört die Postleitzahl ${d.postcode}.` : because(d.why, streetWhy),
  'residence.lessor': (d, state) => (state === 'ok' ? 'In Ordnung.' : because(d.why, lessorWhy)),
  'residence.id_document': (d, state) => (state === 'ok' ? 'In Ordnung.' : because(d.why, paperWhy)),
  'residence.deadline': (d, state) => (state === 'ok' ? `Eingehalten; sie endet am ${dateText(d.last_day)}.` : `Sie endete am ${dateText(d.last_day)}, vor ${many(d.days, 'Tag', 'Tagen')}. Angemeldet wird trotzdem; über eine Ordnungswidrigkeit entscheidet die Leitung.`),
  'residence.back_dating': (d, state) => (state === 'ok' ? 'Nein.' : `Der Einzug liegt mehr als ${many(d.months, 'Monat', 'Monate')} zurück. Lassen Sie sich einen Nachweis zeigen.`),
  'residence.data_differ': (d) => `Im Register steht anderes bei: ${(d.fields ?? []).map((name: string) => fields[name] ?? name).join(', ')}. Das ändert die Buchung nicht; dafür gibt es die Berichtigung bei der Person.`,
}

const bookkeeping = /^(handed_over\.|receipt$|override\.|residence\.auswertung\.)/

/** The checks of a case in words; what was handed over and the like is not one of them. */
export function wordFindings(findings: Finding[]): WordedFinding[] {
  const order: Record<string, number> = { blocking: 0, hint: 1, unknown: 2, ok: 3 }
  return findings
    .filter(({ code }) => !bookkeeping.test(code))
    .map(({ code, state, details }) => ({
      code, state, title: titles[code] ?? code, fourEyes: fourEyes.includes(code),
      text: state === 'unknown' ? (details.why && details.why !== 'needs_register' ? because(details.why, streetWhy) : 'Das kann nur die Zentrale mit dem ganzen Register prüfen.') : (results[code]?.(details, state) ?? ''),
    }))
    .sort((a, b) => (order[a.state] ?? 9) - (order[b.state] ?? 9))
}

/** Answers the case still waits for: from whom and until when. */
export function awaited(findings: Finding[]): { from: string; due: string }[] {
  return findings.filter(({ state, code }) => state === 'waiting' && code.startsWith('residence.auswertung.')).map(({ details }) => ({ from: String(details.from), due: String(details.due_on) }))
}

/** Reasons somebody gave for booking in spite of a finding. */
export function overridesOf(findings: Finding[]): { title: string; reason: string }[] {
  return findings.filter(({ code }) => code.startsWith('override.')).map(({ code, note }) => ({ title: titles[code.slice('override.'.length)] ?? code, reason: note ?? '' }))
}

/** What still keeps the booking: blocking findings without a choice or a reason. */
export function openFindings(findings: Finding[], personId: string | undefined, reasons: Record<string, string>): string[] {
  return findings
    .filter(({ state, code, details }) => {
      if (state !== 'blocking') return false
      if (code === 'residence.duplicates' && personId && (details.same ?? []).includes(personId)) return false
      return !reasons[code]?.trim()
    })
    .map(({ code }) => code)
}

const messages: Record<string, string> = {
  rueckmeldung: 'Rückmeldung an die bisherige Gemeinde', spouse_change: 'Änderung beim Ehegatten', bzst_address: 'Neue Anschrift', bzst_number_request: 'Anforderung der Steuer-Identifikationsnummer',
  bzst_contact: 'Tag des letzten Kontakts', dsrv_address: 'Neue Anschrift für die Rente', foreigner_moved: 'Umzug einer ausländischen Person', azr_address: 'Neue Anschrift', broadcast_moved: 'Umzug', religion_moved: 'Umzug',
}
export const messageText = (type: string): string => messages[type] ?? type

const messageStates: Record<string, string> = { due: 'zu senden', open: 'zu senden', waiting: 'zu senden', sent: 'gesendet', acknowledged: 'bestätigt', failed: 'nicht angekommen' }
export const messageStateText = (state: string): string => messageStates[state] ?? state
