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
  /** Whom the former municipality is to be asked about alone: places in the form. */
  alone: number[]
}

/** Nouns, all of them: they stand above what came out, and in one line where nothing did yet. */
const titles: Record<string, string> = {
  'residence.duplicates': 'Einträge derselben Person',
  'residence.already_registered': 'Frühere Anmeldung in dieser Wohnung',
  'residence.known_elsewhere': 'Übrige Angaben im Register',
  'residence.relations': 'Ehe und Partnerschaft',
  'residence.family': 'Sperren in der Familie',
  'residence.names': 'Schreibweise der Namen',
  'residence.one_main_dwelling': 'Einzige oder Hauptwohnung',
  'residence.previous_dwelling': 'Bisherige Wohnung',
  'residence.persons_in_dwelling': 'Personen in der Wohnung',
  'residence.same_lessor': 'Einzüge bei diesem Wohnungsgeber',
  'residence.blocks_in_dwelling': 'Sperren an der Anschrift',
  'residence.street': 'Straße und Hausnummer',
  'residence.lessor': 'Bestätigung des Wohnungsgebers',
  'residence.id_document': 'Ausweis',
  'residence.form_differences': 'Angaben der bisherigen Gemeinde',
  'residence.deadline': 'Frist von zwei Wochen',
  'residence.back_dating': 'Zeit seit dem Einzug',
  'residence.data_differ': 'Abweichungen zum Register',
}

const fourEyes = ['residence.back_dating', 'residence.one_main_dwelling', 'residence.persons_in_dwelling']

const fields: Record<string, string> = {
  family_name: 'Familienname', birth_name: 'Geburtsname', given_names: 'Vornamen', doctorate: 'Doktorgrad', birth_date: 'Geburtsdatum', birth_place: 'Geburtsort', sex: 'Geschlecht',
  birth_country: 'Geburtsstaat', rufname_index: 'Rufname', single_name: 'führt nur einen Namen', former_names: 'frühere Namen', religious_name: 'Ordensname', artist_name: 'Künstlername',
}

const lessorWhy: Record<string, string> = {
  missing: 'Sie fehlt und ist nachzureichen. Der Wohnungsgeber kann befragt werden (BMG § 19 Abs. 5).',
  date_differs: 'Auf ihr steht ein anderer Tag des Einzugs.',
  person_not_named: 'Nicht alle stehen darauf.',
  sub_tenant_without_owner: 'Der Wohnungsgeber ist selbst Mieter; der Eigentümer ist nicht genannt.',
  more_persons_named: 'Es stehen weitere Personen darauf. Fragen Sie, ob sie sich auch anmelden.',
}
const streetWhy: Record<string, string> = {
  no_directory: 'Hier liegt kein Straßenverzeichnis vor.',
  lead_decides: 'Hier entscheidet die Leitung.',
  street_without_key: 'Die Straße wurde nicht aus dem Straßenverzeichnis gewählt.',
  street_not_valid: 'Diese Straße gibt es im Verzeichnis am Tag des Einzugs nicht.',
}
const paperWhy: Record<string, string> = {
  serial: 'Die Seriennummer passt nicht zu dieser Art von Ausweis. Lesen Sie noch einmal ab.',
  differs: 'Der Ausweis weicht vom Register ab.',
  other_serial: 'Das Register kennt einen anderen Ausweis dieser Art, der noch gilt. Lesen Sie noch einmal ab, und fragen Sie, ob der andere verloren ging.',
  not_valid_there: 'Das Register führt diesen Ausweis als verloren oder ungültig.',
  expired: 'Kein vorgelegter Ausweis ist mehr gültig.',
}
const previousWhy: Record<string, string> = {
  person_not_known: 'Die Person soll hier gewohnt haben, steht aber nicht im Register.',
  dwelling_not_known: 'Die angegebene bisherige Wohnung steht so nicht im Register.',
  another_dwelling_is_current: 'Im Register ist noch eine andere Wohnung als bewohnt geführt.',
}

const elsewhereWhy: Record<string, string> = {
  deceased: 'ist im Register als verstorben geführt.',
  departed: 'ist im Register als weggezogen geführt.',
  departed_abroad: 'ist im Register als ins Ausland weggezogen geführt.',
  abroad_not_named: 'hat den Aufenthalt im Ausland nicht angegeben.',
  another_main_dwelling: 'hat im Register eine andere Hauptwohnung, die hier nicht genannt ist.',
  another_secondary_dwelling: 'hat im Register eine Nebenwohnung, die hier nicht genannt ist. Sie endet mit der Buchung.',
}
const relationWhy: Record<string, string> = {
  marital_status_differs: 'hat im Register einen anderen Familienstand.',
  spouse_still_linked: 'ist im Register noch mit jemandem verbunden.',
  other_spouse: 'ist im Register mit einer anderen Person verheiratet oder verpartnert. Ist das vorbei, berichtigen Sie dort zuerst den Familienstand. Gelten beide Ehen, haken Sie im Formular die Urkunden an.',
  several_spouses_proved: 'ist im Register auch mit einer anderen Person verheiratet; beide Ehen sind durch Urkunden nachgewiesen.',
  not_reciprocal: 'ist im Register nur einseitig mit der anderen Person verbunden.',
}
const nameWhy: Record<string, string> = {
  transliterated: 'steht im Ausweis in Umschrift. Es gilt die Schreibweise der Urkunde.',
  document_differs: 'heißt im Ausweis anders. Prüfen Sie, welcher Name gilt.',
  register_spells_differently: 'ist im Register anders geschrieben.',
  print_family_name: 'hat einen Familiennamen, für den die normale Schrift des Personalausweises nicht reicht (zwei Zeilen mit 26 Zeichen).',
  print_given_names: 'hat mehr Vornamen, als auf dem Personalausweis Platz ist (80 Zeichen).',
  print_birth_place: 'hat einen Geburtsort, der auf dem Personalausweis keinen Platz hat (80 Zeichen).',
  print_street: 'zieht in eine Straße, deren Name auf dem Personalausweis keinen Platz hat (50 Zeichen).',
}
const mainWhy: Record<string, string> = {
  undecided: 'Aus den Angaben folgt nicht, welche Wohnung die Hauptwohnung ist. Fragen Sie nach den Nächten im Monat und dem Schwerpunkt der Lebensbeziehungen.',
  too_many_nights: 'Die Nächte aller Wohnungen zusammen sind mehr als 31 im Monat.',
}
const dwellingStatus: Record<string, string> = { E: 'die einzige', H: 'die Hauptwohnung', N: 'eine Nebenwohnung' }

const many = (n: unknown, one: string, more: string) => `${n} ${n === 1 ? one : more}`
const because = (why: unknown, words: Record<string, string>) => [why].flat().map((one) => words[String(one)] ?? String(one)).join(' ')

/** What concerns single persons, each by name. */
interface PerPerson {
  index: number
  why?: string[]
  same?: string[]
  person_ids?: string[]
  deceased?: boolean
}
type Named = (index: number) => string
const personsOf = (details: Record<string, any>): PerPerson[] => (Array.isArray(details.persons) ? details.persons : [])
const eachPerson = (details: Record<string, any>, words: Record<string, string>, name: Named) =>
  personsOf(details).map(({ index, why }) => `${name(index)} ${because(why, words)}`).join(' ')
/** Places of those whom the form of the family leaves out. */
const missingIn = ({ missing }: Record<string, any>): number[] => (Array.isArray(missing) ? missing : [])
/** The persons by name, then one sentence about all of them. */
const forPersons = (details: Record<string, any>, words: Record<string, string>, name: Named) =>
  personsOf(details).map(({ index, why }) => `${name(index)}: ${because(why, words)}`).join(' ')

type Words = (details: Record<string, any>, state: Finding['state'], name: Named) => string
const results: Record<string, Words> = {
  'residence.duplicates': (d, state, name) =>
    state === 'ok' ? 'Niemand gleichen Namens und Geburtsdatums ist im Register.'
      : personsOf(d).map(({ index, same = [], person_ids = [], deceased }) =>
        `${name(index)}: ${same.length > 0 ? `${many(same.length, 'Eintrag', 'Einträge')} mit demselben Namen und Geburtstag. Wählen Sie unten, ob es dieselbe Person ist.` : `${many(person_ids.length, 'ähnlicher Eintrag', 'ähnliche Einträge')}. Vergleichen Sie unten.`}${deceased ? ' Ein Eintrag ist als verstorben geführt.' : ''}`).join(' '),
  'residence.already_registered': (d, state, name) => (state === 'ok' ? 'Aus dieser Anmeldung ist dort noch niemand gemeldet.' : `In dieser Wohnung schon gemeldet: ${personsOf(d).map(({ index }) => name(index)).join(', ')}. Prüfen Sie, ob die Anmeldung doppelt ist.`),
  'residence.known_elsewhere': (d, state, name) => (state === 'ok' ? 'Nichts, was den Angaben widerspricht.' : eachPerson(d, elsewhereWhy, name)),
  'residence.relations': (d, state, name) => (state === 'ok' ? 'Passt zum Register.' : eachPerson(d, relationWhy, name)),
  'residence.family': (d, state, name) =>
    state === 'ok' ? 'Keine.'
      : [d.blocked > 0 && `Für ${many(d.blocked, 'Person', 'Personen')} gilt eine Auskunftssperre (BMG § 51). Schreiben und Mitteilungen gehen für sie getrennt.`, d.requested > 0 && `${many(d.requested, 'Person möchte', 'Personen möchten')} eine Auskunftssperre beantragen. Dafür gibt es einen eigenen Antrag.`,
        d.elsewhere > 0 && `Die bisherige Gemeinde meldet für ${many(d.elsewhere, 'Person', 'Personen')} eine Auskunftssperre. Sie gilt auch hier: Nach der Buchung arbeitet nur die Leitung weiter.`,
        missingIn(d).length > 0 && `Im Meldeschein der Familie ${missingIn(d).length === 1 ? 'fehlt' : 'fehlen'} ${missingIn(d).map(name).join(', ')}. Das kann an einer Auskunftssperre liegen: Fragen Sie die bisherige Gemeinde einzeln ab.`].filter(Boolean).join(' '),
  'residence.names': (d, state, name) => (state === 'ok' ? 'Stimmen mit Ausweis und Register überein.' : eachPerson(d, nameWhy, name)),
  'residence.one_main_dwelling': (d, state) => (state === 'ok' ? `Nach den Angaben ist die neue Wohnung ${dwellingStatus[d.status] ?? 'eingeordnet'}.` : because(d.why, mainWhy)),
  'residence.previous_dwelling': (d, state, name) => (state === 'ok' ? 'Passt zum Register.' : forPersons(d, previousWhy, name)),
  'residence.persons_in_dwelling': (d, state) => `Mit dieser Anmeldung ${many(d.persons, 'Person', 'Personen')}${d.limit > 0 ? `, üblich sind bis zu ${d.limit}` : ''}.${state === 'blocking' ? ' Fragen Sie nach, wie viele wirklich dort wohnen.' : ''}`,
  'residence.same_lessor': (d, state) => (d.persons === undefined ? 'Kein Wohnungsgeber genannt.' : `In ${many(d.months, 'Monat', 'Monaten')} ${many(d.persons, 'Person', 'Personen')} bei demselben Wohnungsgeber.${state === 'ok' ? '' : ' Fragen Sie nach, ob alle wirklich eingezogen sind.'}`),
  'residence.blocks_in_dwelling': (d, state) =>
    state === 'ok' ? 'Keine, soweit Ihre Rolle sie sieht.'
      : [d.blocked > 0 && `In der Wohnung gilt für ${many(d.blocked, 'Person', 'Personen')} eine Auskunftssperre (BMG § 51).`, d.conditional > 0 && 'An dieser Anschrift gilt ein bedingter Sperrvermerk (BMG § 52).'].filter(Boolean).join(' '),
  'residence.street': (d, state) =>
    state === 'ok' ? 'Beides steht im Verzeichnis.'
      : d.why === 'house_number_unknown' ? `Die Hausnummer ${d.house_no} gibt es dort nicht.`
        : d.why === 'other_postcode' ? `Zu dieser Straße gehört die Postleitzahl ${d.postcode}.` : because(d.why, streetWhy),
  'residence.lessor': (d, state, name) =>
    state === 'ok' ? 'In Ordnung.' : because(d.why, lessorWhy) + ((d.not_named ?? []).length > 0 ? ` Es fehlt: ${(d.not_named as number[]).map(name).join(', ')}.` : ''),
  'residence.id_document': (d, state, name) => (state === 'ok' ? 'In Ordnung.' : forPersons(d, paperWhy, name)),
  'residence.form_differences': (d, state, name) =>
    state === 'ok' ? 'Keine Abweichung ist offen.'
      : `Die Person hat noch nicht entschieden, was gilt: ${(d.fields ?? []).map(({ path, label }: { path: string; label: string }) => { const index = /^persons\.(\d+)\./.exec(path)?.[1]; return (index === undefined ? '' : `${name(Number(index))}: `) + label }).join(', ')}. Öffnen Sie die Angaben, fragen Sie bei „Was kam von der bisherigen Gemeinde?“ nach, und lassen Sie neu unterschreiben.`,
  'residence.deadline': (d, state) =>
    state === 'ok' ? (d.days > 0 ? `Sie endete am ${dateText(d.last_day)}, vor ${many(d.days, 'Tag', 'Tagen')}; so lange lässt es die Behörde gelten.` : d.last_day ? `Eingehalten; sie endet am ${dateText(d.last_day)}.` : 'Eingehalten.')
      : `Sie endete am ${dateText(d.last_day)}, vor ${many(d.days, 'Tag', 'Tagen')}. Angemeldet wird trotzdem; über eine Ordnungswidrigkeit entscheidet die Leitung.`,
  'residence.back_dating': (d, state) => (state === 'ok' ? 'Der Einzug liegt nicht lange zurück.' : `Der Einzug liegt mehr als ${many(d.months, 'Monat', 'Monate')} zurück. Lassen Sie sich einen Nachweis zeigen.`),
  'residence.data_differ': (d, _, name) => `${typeof d.index === 'number' ? `${name(d.index)}: ` : ''}Im Register steht anderes bei: ${(d.fields ?? []).map((field: string) => fields[field] ?? field).join(', ')}. Das ändert die Buchung nicht; dafür liegt eine Aufgabe bereit.`,
}

const bookkeeping = /^(handed_over\.|receipt$|override\.|reopened$|revocation$|waiting$|hearing$|refused$|not_competent$|residence\.auswertung\.)/

/** What a Koffer leaves to the hub: nothing is wrong with it, so it is one line, not one for each check. */
function leftToHub(findings: Finding[]): WordedFinding[] {
  if (findings.length === 0) return []
  const checks = findings.map(({ code }) => titles[code] ?? code).join(' · ')
  return [{ code: 'needs_register', state: 'unknown', title: 'Das prüft die Zentrale mit dem ganzen Register', text: checks, fourEyes: false, alone: [] }]
}
const needsRegister = ({ state, details }: Finding): boolean => state === 'unknown' && (!details.why || details.why === 'needs_register')

/** Of a sealed case a Koffer keeps what came out of each check, and nothing of what was found. */
const isSealed = ({ state, details }: Finding): boolean => state !== 'ok' && Object.keys(details).length === 0

/** The checks of a case in words; what was handed over and the like is not one of them. */
export function wordFindings(findings: Finding[], name: Named = (index) => `Person ${index + 1}`): WordedFinding[] {
  const order: Record<string, number> = { blocking: 0, hint: 1, unknown: 2, ok: 3 }
  const checks = findings.filter(({ code }) => !bookkeeping.test(code))
  const here = checks
    .filter((finding) => !needsRegister(finding))
    .map(({ code, state, details }): WordedFinding => ({
      code, state, title: titles[code] ?? code, fourEyes: fourEyes.includes(code), alone: missingIn(details),
      text: state === 'unknown' ? because(details.why, streetWhy) : isSealed({ code, state, details }) ? 'Näheres ist mit dem Vorgang versiegelt und steht in der Zentrale.' : (results[code]?.(details, state, name) ?? ''),
    }))
  return [...here, ...leftToHub(checks.filter(needsRegister))].sort((a, b) => (order[a.state] ?? 9) - (order[b.state] ?? 9))
}

/** Answers the case still waits for: from whom and until when. */
export function awaited(findings: Finding[]): { from: string; due: string }[] {
  return findings.filter(({ state, code }) => state === 'waiting' && code.startsWith('residence.auswertung.')).map(({ details }) => ({ from: String(details.from), due: String(details.due_on) }))
}

/** Reasons somebody gave for booking in spite of a finding. */
export function overridesOf(findings: Finding[]): { title: string; reason: string }[] {
  return findings.filter(({ code }) => code.startsWith('override.')).map(({ code, note }) => ({ title: titles[code.slice('override.'.length)] ?? code, reason: note ?? '' }))
}

/** Whom each person of the form may be, as the check for duplicates says: ids by place in the form. */
export function sameAs(findings: Finding[]): Map<number, string[]> {
  const details = findings.find(({ code }) => code === 'residence.duplicates')?.details ?? {}
  return new Map(personsOf(details).map(({ index, same = [] }) => [index, same]))
}

/** Everybody who seems to be known has been chosen among those: then the check for duplicates is settled. */
export function allIdentified(findings: Finding[], chosen: (string | undefined)[]): boolean {
  return [...sameAs(findings)].every(([index, same]) => same.length === 0 || same.includes(chosen[index] ?? ''))
}

/** What still keeps the booking: blocking findings without a choice or a reason. `chosen`: who each person is; undefined for a new one. */
export function openFindings(findings: Finding[], chosen: (string | undefined)[], reasons: Record<string, string>): string[] {
  return findings
    .filter(({ state, code }) => state === 'blocking' && !(code === 'residence.duplicates' && allIdentified(findings, chosen)) && !reasons[code]?.trim())
    .map(({ code }) => code)
}
