// What the pretended server answers to the pages' questions. Invented names.
import { todayText } from '$ui'
import { family } from './family'

const today = todayText()
const day = (days: number) => todayText(new Date(Date.now() + days * 86_400_000))
const minutes = (ago: number) => Date.now() - ago * 60_000
const id = (n: number) => String(n).padStart(26, '0')

const staff = [{ id: id(1), name: 'Jördis Łuczak' }, { id: id(2), name: 'Cem Öztürk' }]
const tours = [
  { id: id(50), site_id: id(40), site_name: 'Seniorenheim Haus Abendsonne', day: today, from_time: '09:00', until_time: '12:30', state: 'out', device_id: id(30), device_name: 'Koffer 1', staff, expires_ms: minutes(-60 * 26), checked_out_ms: minutes(55), checked_in_ms: null, wiped_ms: null, appointments: 4 },
  { id: id(51), site_id: id(41), site_name: 'Dorfgemeinschaftshaus Wiesenau', day: day(3), from_time: '14:00', until_time: '17:00', state: 'planned', device_id: id(30), device_name: 'Koffer 1', staff, expires_ms: null, checked_out_ms: null, checked_in_ms: null, wiped_ms: null, appointments: 0 },
]
const appointment = (n: number, at: string, name: string, state: string, more: object = {}) => ({
  id: id(60 + n), tour_id: id(50), at_time: at, minutes: 30, procedure: 'residence.registration', person_id: null, name, birth_date: '', note: '', consent: 1, state, case_id: null, case_status: null, ...more,
})
const appointments = [
  appointment(1, '09:00', 'Wilhelmine Krögér', 'done', { person_id: id(101), case_id: id(201), case_status: 'signed' }),
  appointment(2, '09:30', 'Alojzy Szczepański', 'planned', { person_id: id(102), birth_date: '1938-05-17', case_id: id(202), case_status: 'draft' }),
  appointment(3, '10:15', 'Traute Meyerholz', 'planned', { birth_date: '1941-00-00', note: 'Zimmer 14, hört schlecht. Tochter kommt dazu.' }),
  appointment(4, '11:00', 'Hüseyin Yıldırım', 'not_met', { note: 'im Krankenhaus' }),
]
const cases = [
  { id: id(202), number: 'Z-000214', procedure: 'residence.registration', title: 'Alojzy Szczepański', status: 'draft', channel: 'counter', opened_at_ms: minutes(12) },
  { id: id(203), number: 'Z-000213', procedure: 'residence.registration', title: 'Anmeldung', status: 'captured', channel: 'counter', opened_at_ms: minutes(95), waiting: { for: 'documents', until: day(14) } },
]
const returned = [
  { id: id(201), number: 'K1-000031', title: 'Wilhelmine Krögér', status: 'prechecked_offline', channel: 'koffer', opened_at_ms: minutes(140) },
  { id: id(204), number: 'Z-000209', title: 'Nguyễn Thị Hương', status: 'signed', channel: 'counter', opened_at_ms: minutes(60 * 26) },
]
const message = (n: number, message_type: string, recipient: string, state: string, due: number, more: object = {}) => ({
  id: id(300 + n), message_type, person_name: ['Amara Müller', 'Jörg Müller'][n % 2], person_id: id(101), recipient, state, due_on: day(due), late: state === 'due' && due < 0, law: 'BMG § 33; 1. BMeldDÜV §§ 4–7', case_id: id(205), case_number: 'Z-000208', created_at_ms: minutes(3000), state_at_ms: minutes(200),
  handed_over_at_ms: null, acknowledged_at_ms: null, attempts: 1, problem: null, replaces: '', replaced_by: '', answers: '', answer_type: '', answer_due_on: '', answered: false, interactive: false, ...more,
})
const messages = [
  message(1, 'rueckmeldung', 'Meldebehörde 99001002', 'rejected', 1, { problem: { code: 'x', details: { fields: [{ path: 'address.postcode', code: 'field.postcode', details: {}, severity: 'error' }] }, words: { de: 'Die Anschrift wurde nicht angenommen.', do: 'Prüfen Sie Postleitzahl und Ort.' } } }),
  message(2, 'bzst_address', 'BZSt', 'due', -1, { attempts: 4 }),
  message(3, 'rueckmeldung', 'Meldebehörde 99001002', 'acknowledged', 2, { answer_type: 'auswertung', answer_due_on: day(3) }),
  message(4, 'religion_moved', 'Religionsgesellschaft ev', 'handed_over', 4),
]
const incoming = [
  { id: id(351), message_id: 'M-1', message_type: 'rueckmeldung', person_name: '', sender: 'Meldebehörde 99001002', state: 'open', received_at_ms: minutes(90), sent_at: '', case_id: null, person_id: null, answers: '', problem: { code: 'x', details: {}, words: { de: 'Mehrere Personen passen zu dieser Nachricht.', do: 'Wählen Sie, welche gemeint ist.' } }, note: '' },
  { id: id(352), message_id: 'M-2', message_type: 'auswertung', person_name: 'Jörg Müller', sender: 'Meldebehörde 99001002', state: 'done', received_at_ms: minutes(900), sent_at: '', case_id: id(205), person_id: id(101), answers: id(303), problem: null, note: '' },
]
const task = (n: number, kind: string, title: string, due: number | null, more: object = {}) => ({
  id: id(700 + n), kind, title, case_id: id(205), person_id: null, due_on: due === null ? null : day(due), state: 'open', scheduled_at: null, place: null, note: null, result: null, closed_at_ms: null, closed_by_name: '', case_number: 'Z-000208', case_title: 'Anmeldung: Familie Müller', person_name: 'Amara Müller', ...more,
})
const tasks = [
  task(1, 'id_card_sticker', 'Aufkleber mit der neuen Anschrift auf dem Personalausweis', 3),
  task(2, 'lessor_missing', 'Wohnungsgeber nach der Bestätigung fragen', -2),
  task(3, 'new_id_card', 'Neuen Personalausweis anbieten', 30, { state: 'scheduled', scheduled_at: new Date(Date.now() + 2 * 86_400_000).toISOString(), place: 'Bürgerbüro, Schalter 2' }),
  task(4, 'house_number_unknown', 'Hausnummer beim Katasteramt klären', 0),
]
const finding = (code: string, state: string, details: object) => ({ code, state, details: { by: 'Cem Öztürk', at: new Date(minutes(3)).toISOString(), ...details } })
const endings: Record<string, object[]> = {
  prechecked: [finding('waiting', 'waiting', { for: 'documents', until: day(14), note: 'Geburtsurkunde im Original' }), finding('hearing', 'waiting', { ground: 'not_moved_in', reasons: 'Der Hausverwalter sagt, die Wohnung stehe leer.', answer_by: day(14), task: { id: id(799) } })],
  not_competent: [finding('not_competent', 'done', { authority: 'Meldebehörde Musterstedt', reason: 'Die Wohnung liegt dort.' })],
  refused: [finding('refused', 'done', { ground: 'not_moved_in', reasons: 'Die Wohnung steht leer.' })],
}
const theCase = (status: string) => ({
  case: { id: id(202), number: 'Z-000214', procedure: 'residence.registration', status, channel: 'counter', title: 'Anmeldung: Familie Müller', person_id: null, opened_at_ms: minutes(12), opened_by: id(1), submitted_at_ms: status === 'draft' ? null : minutes(5), decided_at_ms: null, decision: null, signed_hash: null, form_hash: 'f', certainty: 'hub' },
  form: status === 'draft' ? {} : family(), draft: status === 'draft' ? { form: family(), saved_at_ms: minutes(1) } : null,
  documents: [], documents_removed: [], tasks: tasks.slice(0, 3), outbox: messages, journal: journal.slice(0, 6), conflicts: [], quarantine: [],
  findings: [{ code: 'residence.deadline', state: 'ok', details: { last_day: day(4) } }, ...(endings[status] ?? [])],
})
const findings = [
  { code: 'residence.duplicates', state: 'blocking', details: { persons: [{ index: 0, person_ids: [id(101)], same: [id(101)], deceased: false }, { index: 2, person_ids: [id(103)], same: [], deceased: false }] } },
  { code: 'residence.id_document', state: 'hint', details: { persons: [{ index: 1, why: ['expired'] }] } },
  { code: 'residence.lessor', state: 'hint', details: { why: ['person_not_named'], not_named: [2] } },
  { code: 'residence.family', state: 'hint', details: { blocked: 0, requested: 0, elsewhere: 0, missing: [1, 2] } },
  { code: 'residence.back_dating', state: 'blocking', details: { months: 6 } },
  { code: 'residence.one_main_dwelling', state: 'ok', details: { dwellings: 1, ground: 'sole', status: 'E' } },
]
const received = {
  state: 'hit', request_id: id(801), requested_at_ms: minutes(2), received_at_ms: minutes(1), office: 'Meldebehörde 99001002',
  received: { persons: [{ person: { given_names: 'Anna Lēna', birth_date: '1988-04-03' } }, { family_role: 'child', person: { family_name: 'Müller', given_names: 'Tom', birth_date: '2021-01-09', sex: 'm', nationalities: ['000'], religion: 'rk', marital_status: 'LD' } }] },
  differences: [
    { path: 'persons.0.person.birth_name', label: 'Geburtsname', received: 'Šiškauskaitė', said: null, received_text: 'Šiškauskaitė', said_text: '' },
    { path: 'persons.1.person.religion', label: 'Religionsgesellschaft', received: 'rk', said: 'ev', received_text: 'römisch-katholisch', said_text: 'evangelisch' },
    { path: 'persons.0.person.birth_place', label: 'Geburtsort', received: 'Kaunas', said: 'Vilnius', received_text: 'Kaunas', said_text: 'Vilnius' },
  ],
}

const hits = [
  { person_id: id(101), blocked: false, name: 'Krögér, Wilhelmine Anna', birth_date: '1936-04-03', address: 'Birkengrund 4, 99901 Testhausen', status: 'resident', status_text: 'Einwohner', blocks: [], match: 'exact', match_text: '' },
  { person_id: id(103), blocked: false, name: 'Kröger, Heinz', birth_date: '1965-00-00', address: '', status: 'departed', status_text: 'weggezogen', blocks: ['Übermittlungssperre an Parteien'], match: 'spelling', match_text: 'andere Schreibweise' },
  { person_id: id(104), blocked: true, name: 'Auskunftssperre – nur Leitung', match: 'sound' },
]
const person = {
  person: {
    id: id(101), status: 'resident', status_text: 'Einwohner', family_name: 'Krögér', birth_name: 'Łabędzka', given_names: 'Wilhelmine Anna', doctorate: 'Dr.', full_name: 'Dr. Wilhelmine Anna Krögér', list_name: 'Krögér, Wilhelmine Anna', usual_name: 'Wilhelmine',
    birth_date: '1936-04-03', birth_place: 'Łódź', birth_country: '152', birth_country_text: 'Polen', sex: 'w', sex_text: 'weiblich', nationalities: ['000'], nationalities_text: ['deutsch'], religion: 'ev', religion_text: 'evangelisch', marital_status: 'VW', marital_status_text: 'verwitwet', marital_status_since: '2019-11-02', age: 90, tax_id: '02476291358', death_date: '', objections: [], former_names: [], artist_name: '', religious_name: '',
  },
  dwellings: [
    { id: id(401), status: 'E', status_text: 'alleinige Wohnung', current: true, moved_in: '2025-03-01', moved_out: '', registered_on: '2025-03-10', address: 'Birkengrund 4, 99901 Testhausen', addition: 'Zimmer 12', municipality_text: 'Testhausen' },
    { id: id(402), status: 'E', status_text: 'alleinige Wohnung', current: false, moved_in: '1971-00-00', moved_out: '2025-02-28', registered_on: '', address: 'Am Sande 7 b, 99901 Testhausen', municipality_text: 'Testhausen' },
  ],
  documents: [
    { id: id(411), doc_type: 'PA', doc_type_text: 'Personalausweis', serial: 'LF3ZT4WC0', issuing_authority: 'Stadt Testhausen', issue_date: '2016-08-01', valid_until: day(-30), expired: true, days_left: -30, state: 'valid' },
    { id: id(412), doc_type: 'RP', doc_type_text: 'Reisepass', serial: 'C01X00T47', issuing_authority: 'Stadt Testhausen', issue_date: '2019-08-01', valid_until: day(40), expired: false, days_left: 40, state: 'valid' },
  ],
  relations: [{ id: id(421), kind: 'spouse', kind_text: 'Ehegatte', other_id: id(103), family_name: 'Krögér', given_names: 'Otto', birth_date: '1931-12-24', note: 'verstorben 2019', valid_from: '', valid_to: '2019-11-02' }],
  blocks: [{ paragraph: '52', text: 'Bedingter Sperrvermerk: wohnt in einer Pflegeeinrichtung. Auskunft nur nach Anhörung.', until: '' }],
  history: [
    { id: id(431), field: 'given_names', field_text: 'Vornamen', kind: 'correction', kind_text: 'Berichtigung', value: 'Wilhelmina Anna', new_value: 'Wilhelmine Anna', valid_from: '', valid_to: '', recorded_at: new Date(minutes(60 * 24 * 9)).toISOString(), source: 'Geburtsurkunde', by_name: 'Cem Öztürk', place: 'koffer', device_name: 'Koffer 1' },
    { id: id(432), field: 'dwelling', field_text: 'Wohnung', kind: 'change', kind_text: 'Fortschreibung', value: '', new_value: 'Birkengrund 4, 99901 Testhausen', valid_from: '2025-03-01', valid_to: '', recorded_at: '2025-03-10T09:12:00Z', source: 'Anmeldung Z-000031', by_name: 'Jördis Łuczak', place: 'counter', device_name: '' },
  ],
  cases: [{ id: id(201), number: 'K1-000031', procedure: 'residence.registration', title: 'Wilhelmine Krögér', status: 'prechecked_offline', channel: 'koffer', opened_at_ms: minutes(140) }],
}
const conflicts = [
  { id: id(501), subject_table: 'person', subject_id: id(101), field: 'family_name', title: 'Familienname von Wilhelmine Krögér', here_value: 'Krögér', here_at_ms: minutes(60 * 50), here_by: 'Jördis Łuczak', here_origin: 'Schalter', there_value: 'Kröger-Łabędzka', there_at_ms: minutes(180), there_by: 'Cem Öztürk', there_origin: 'Koffer 1', state: 'open' },
  { id: id(502), subject_table: 'person', subject_id: id(102), field: 'birth_date', title: 'Geburtsdatum von Alojzy Szczepański', here_value: '1938-05-17', here_at_ms: 0, here_by: 'Register', here_origin: 'Übernahme', there_value: '1938-05-07', there_at_ms: minutes(200), there_by: 'Cem Öztürk', there_origin: 'Koffer 1', state: 'open' },
]
const journal = Array.from({ length: 40 }, (_, n) => ({
  seq: 4000 - n, at_ms: minutes(n * 7), kind: n % 3 ? 'command' : 'read', name: ['person.get', 'case.sign', 'case.submit', 'person.search'][n % 4], actor: id(1), actor_name: n % 5 ? 'Jördis Łuczak' : 'Cem Öztürk', device: 'hub', place: n % 6 ? 'counter' : 'koffer', reason: n % 3 ? '' : 'Vorsprache der Person selbst', roles: n % 5 ? 'koffer_clerk' : 'team_lead', second_name: n % 9 ? '' : 'Jördis Łuczak', erased: 0, law: ['', 'BMG § 23 Abs. 1; VwVfG § 3a Abs. 5', 'BMG § 23 Abs. 1', ''][n % 4], outcome: n % 11 ? 'done' : 'refused:residence.person_blocked',
}))

/** By the name of the query; `koffer` knows only its tour. */
export function answersFor(koffer: boolean): Record<string, (params: any) => unknown> {
  return {
    'desk.today': () => ({ next: koffer ? appointments[1] : null, due: koffer ? [] : messages, returned: koffer ? returned.slice(0, 1) : returned, tours: koffer ? tours.slice(0, 1) : tours, cases, counts: koffer ? { conflicts: 0, quarantine: 0 } : { conflicts: 2, quarantine: 1 } }),
    'person.search': () => ({ hits, too_many: !koffer, scope: koffer ? 'tour' : 'register' }),
    'person.get': () => person,
    'tour.list': () => ({ tours: koffer ? tours.slice(0, 1) : tours }),
    'tour.get': ({ tour_id }) => {
      const tour = tours.find((one) => one.id === tour_id) ?? tours[0]!
      return { tour, staff, device: { id: id(30), name: 'Koffer 1', state: 'active' }, site: { id: id(40), name: tour.site_name, street: 'Birkengrund 4', postcode: '99901', city: 'Testhausen', contact: 'Heimleitung, Raum 12, Erdgeschoss', line_verdict: 'offline_only' }, appointments: tour.state === 'out' ? appointments : [] }
    },
    'site.list': () => ({ sites: [{ id: id(40), name: 'Seniorenheim Haus Abendsonne', street: 'Birkengrund 4', postcode: '99901', city: 'Testhausen', contact: '', line_verdict: 'offline_only' }, { id: id(41), name: 'Dorfgemeinschaftshaus Wiesenau', street: 'Lindenweg 1', postcode: '99901', city: 'Testhausen', contact: '', line_verdict: 'good' }] }),
    'staff.list': () => ({ staff: [{ ...staff[0], has_pin: true }, { ...staff[1], has_pin: true }, { id: id(3), name: 'Helga Tietjen', has_pin: false }] }),
    'device.list': () => ({ devices: [{ id: id(30), name: 'Koffer 1', kind: 'koffer', state: 'active', code_expires_ms: 0, last_contact_ms: minutes(3), certificate_until: '2027-11-05' }, { id: id(31), name: 'Koffer 2', kind: 'koffer', state: 'prepared', code_expires_ms: minutes(-20), last_contact_ms: 0, certificate_until: null }, { id: id(32), name: 'Alter Koffer', kind: 'koffer', state: 'revoked', code_expires_ms: 0, last_contact_ms: minutes(60 * 24 * 80), certificate_until: null }] }),
    'user.list': () => ({ users: [{ id: id(1), login: 'joerdis.luczak', name: 'Jördis Łuczak', roles: ['koffer_clerk'], state: 'active', failed_tries: 0, locked: false, has_pin: 1 }, { id: id(2), login: 'cem.oeztuerk', name: 'Cem Öztürk', roles: ['team_lead'], state: 'active', failed_tries: 0, locked: true, has_pin: 1 }, { id: id(4), login: 'olaf.brandt', name: 'Olaf Brandt', roles: ['admin', 'auditor'], state: 'active', failed_tries: 2, locked: false, has_pin: 0 }] }),
    'export.get': () => ({ export: { id: id(700), state: 'ready', reason: 'Wechsel des Verfahrens', asked_by: 'Olaf Brandt', asked_at_ms: minutes(60 * 24), decided_by: 'Cem Öztürk', decision: 'Beschluss des Rates liegt vor', size: 84_000_000, until: '2030-01-15' } }),
    'conflict.list': ({ state }) => ({ conflicts: state === 'decided' ? [{ ...conflicts[0], id: id(503), state: 'decided', decision: 'there', decided_by: 'Jördis Łuczak', decided_at_ms: minutes(400), reason: 'Heiratsurkunde' }] : conflicts }),
    'quarantine.list': () => ({ entries: [{ command_id: id(601), device_id: id(30), device_name: 'Koffer 1', stream: id(201), case_number: 'K1-000031', code: 'envelope_clerk', words: { de: 'Ein eingegangener Arbeitsschritt nennt eine Person, die das nicht tun durfte.', do: 'Prüfen Sie in der Quarantäne, wer gearbeitet hat.' }, arrived_at_ms: minutes(70), state: 'open' }] }),
    'outbox.list': ({ worklist }) => ({ messages: worklist ? messages.filter(({ state, late }) => state === 'rejected' || late) : messages }),
    'outbox.get': ({ message_id }) => ({ message: messages.find((one) => one.id === message_id), payload: { family_name: 'Müller', address: { postcode: '9910', city: 'Testhausen' } }, fields: [{ name: 'family_name', type: 'person_name', required: true, label: { de: 'Familienname' } }, { name: 'address', type: 'group', required: true, label: { de: 'Neue Anschrift' }, fields: [{ name: 'postcode', type: 'postcode', required: true, label: { de: 'Postleitzahl' } }, { name: 'city', type: 'text', max: 40, required: true, label: { de: 'Ort' } }] }] }),
    'inbox.list': () => ({ messages: incoming }),
    'inbox.get': () => ({ message: incoming[0], payload: { family_name: 'Krögér' }, candidates: [id(101)] }),
    'task.list': () => ({ tasks }),
    'case.get': ({ case_id }) => theCase(case_id === id(203) ? 'prechecked' : case_id === id(204) ? 'signed' : case_id === id(205) ? 'booked' : case_id === id(206) ? 'not_competent' : case_id === id(207) ? 'refused' : 'draft'),
    'residence.findings': () => ({ findings, candidates: [{ ...hits[0], index: 0 }, { ...hits[1], index: 2 }] }),
    'residence.received_form': ({ person }) => (person ? { state: 'none', received: null } : received),
    'role.list': () => ({ roles: [{ id: 'clerk', title: { de: 'Sachbearbeitung Bürgerbüro' } }, { id: 'koffer_clerk', title: { de: 'Sachbearbeitung mit Koffer' } }, { id: 'team_lead', title: { de: 'Leitung' } }, { id: 'admin', title: { de: 'Fachadministration' } }] }),
    'user.passkeys': () => ({ passkeys: [{ id: id(901), name: 'Schlüssel am Bund', added_at_ms: minutes(90000), used_at_ms: minutes(60) }] }),
    'journal.list': ({ before }) => ({ entries: before ? [] : journal }),
    'case.list': () => ({ cases: [...cases, ...returned] }),
    'reference.search': () => ({ entries: [] }),
  }
}
