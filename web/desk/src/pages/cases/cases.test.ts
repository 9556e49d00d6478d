import { describe, expect, it } from 'vitest'
import registration from '../../../../../src/modules/residence/procedures/registration.json'
import { awaited, openFindings, overridesOf, wordFindings } from './findings'
import { dwellingOf, fromRegister, fromStreet, marksOf } from './prefill'
import { arrival, handedOver, isOver, isUnsheeted, lastFinding, receiptOf, statusList, statusText, stepsOf, waitingText, whereOf, type Progress } from './status'
import { timelineOf } from './timeline'
import type { Values } from '$procedure'
import type { Finding, JournalEntry } from './types'

const person = {
  family_name: 'Šiškauskaitė', given_names: 'Anna Lēna', rufname_index: 2, single_name: 0, birth_name: '', former_names: [], doctorate: '', birth_date: '1962-04-03', birth_place: 'Vilnius',
  birth_country: '142', sex: 'w', nationalities: ['142'], religion: 'rk', marital_status: 'VH', marital_status_since: '1990-05-00', marital_status_place: '', tax_id: '01234567890', blocks: [],
}

describe('prefill from the register', () => {
  const answer = {
    person,
    dwellings: [
      { current: false, status: 'E', ags: '03355022', street: 'Alte Straße', house_no: 1, country: '' },
      { current: true, status: 'N', ags: '03355022', street_key: '00104', street: 'Nebenweg', house_no: 9, country: '' },
      { current: true, status: 'H', ags: '03355022', postcode: '21335', city: 'Lüneburg', street_key: '00101', street: 'Am Sande', house_no: 12, house_letter: 'a', sub_no: '', country: '' },
    ],
    documents: [
      { doc_type: 'PA', serial: 'L01X00T47', state: 'valid', expired: true, valid_until: '2020-01-01' },
      { doc_type: 'RP', serial: 'C01X00T41', issuing_authority: 'Stadt Testhausen', issuing_country: '000', state: 'valid', expired: false, valid_until: '2030-01-01' },
    ],
    relations: [{ kind: 'spouse', family_name: 'Muster', given_names: 'Otto', birth_date: '1960-01-01', valid_to: '' }],
  }
  const form = fromRegister(answer, '03355022')
  const headOf = (values: Values) => (values.persons as any[])[0]
  const head = headOf(form)

  it('takes names, papers and the main dwelling', () => {
    expect(head).toMatchObject({ family_role: 'head' })
    expect(head.person).toMatchObject({ family_name: 'Šiškauskaitė', rufname_index: 2, nationalities: ['142'], marital_status: 'VH', spouse: { family_name: 'Muster', given_names: 'Otto', birth_date: '1960-01-01' } })
    expect(form.previous_kind).toBe('germany')
    expect(form.previous_dwelling).toEqual({ ags: '03355022', postcode: '21335', city: 'Lüneburg', street_key: '00101', house_no: 12, house_letter: 'a' })
    expect(head.id_documents).toEqual([{ doc_type: 'RP', serial: 'C01X00T41', issuing_authority: 'Stadt Testhausen', valid_until: '2030-01-01' }])
  })

  it('takes the name of a street elsewhere, where our directory does not know the key', () => {
    const there = fromRegister(answer, '99001001').previous_dwelling
    expect(there).toEqual({ ags: '03355022', postcode: '21335', city: 'Lüneburg', street: 'Am Sande', house_no: 12, house_letter: 'a' })
    expect(dwellingOf({ ags: '03355022', street: 'Am Sande', house_no: 1 }, '03355022')).toEqual({ ags: '03355022', street: 'Am Sande', house_no: 1 })
  })

  it('shows the objections there are', () => {
    expect(head.objections).toBeUndefined()
    expect(headOf(fromRegister({ ...answer, person: { ...person, objections: ['parties'] } })).objections).toEqual(['parties'])
  })

  it('sends nothing the form does not ask for, and nothing that is empty', () => {
    expect(Object.keys(head.person)).not.toEqual(expect.arrayContaining(['tax_id', 'blocks', 'birth_name', 'single_name', 'marital_status_place', 'doctorate']))
  })

  it('never answers what only somebody at the table can answer', () => {
    expect(JSON.stringify(form)).not.toMatch(/seen_original|previous_kept|new_dwelling|moved_in/)
  })

  it('leaves out a blocked relative and a spouse of somebody unmarried', () => {
    expect(headOf(fromRegister({ ...answer, relations: [{ ...answer.relations[0]!, blocked: true }] })).person.spouse).toBeUndefined()
    expect(headOf(fromRegister({ ...answer, person: { ...person, marital_status: 'LD' } })).person.spouse).toBeUndefined()
  })

  it('knows a dwelling abroad', () => {
    expect(dwellingOf({ country: '153', foreign_lines: ['Gran Vía 1'], ags: '' })).toEqual({ country_foreign: '153', foreign_lines: [{ line: 'Gran Vía 1' }] })
    expect(fromRegister({ person, dwellings: [{ current: true, status: 'E', country: '153', foreign_lines: [] }] })).toMatchObject({ previous_kind: 'abroad', previous_abroad: { country_foreign: '153' } })
  })

  it('marks what is as the register has it and what differs', () => {
    const marks = marksOf({ persons: [{ person: { ...head.person, family_name: 'Neu', religion: 'ev', given_names: '' }, id_documents: [{ serial: 'C01X00T41', seen_original: true }] }] }, form, { same: 'aus dem Register', other: 'anders', differs: (value) => `im Register: ${value}` })
    expect(marks['persons.0.person.birth_date']).toBe('aus dem Register')
    expect(marks['persons.0.person.nationalities']).toBe('aus dem Register')
    expect(marks['persons.0.person.family_name']).toBe('im Register: Šiškauskaitė')
    expect(marks['persons.0.person.religion']).toBe('anders')
    expect(marks['persons.0.person.given_names']).toBeUndefined()
    expect(marks['persons.0.id_documents.0.serial']).toBe('aus dem Register')
    expect(marks['persons.0.id_documents.0.seen_original']).toBeUndefined()
  })

  it('fills from the directory of streets only what is empty', () => {
    expect(fromStreet({ postcode: '21337' }, { postcode: '21335', city: 'Lüneburg', district: '', ranges: [] })).toEqual({ city: 'Lüneburg' })
  })
})

describe('signing with a pen', () => {
  it('asks for the sheet until it is there or the case is over', () => {
    const scan = { kind: 'other' }
    expect(isUnsheeted('captured', [])).toBe(false)
    expect(isUnsheeted('signed', [scan])).toBe(true)
    expect(isUnsheeted('prechecked', [scan, { kind: 'signed_sheet' }])).toBe(false)
    expect(isUnsheeted('prechecked_offline', [{ kind: 'signature' }])).toBe(false)
    expect(isUnsheeted('booked', [])).toBe(false)
    expect(isUnsheeted('withdrawn', [])).toBe(false)
  })
})

describe('steps', () => {
  const at = (more: Partial<Progress>): Progress => ({ status: 'draft', place: 'hub', changed: false, missing: 0, attached: 0, handedOver: false, ...more })
  const state = (progress: Progress) => Object.fromEntries(stepsOf(progress).map(({ id, state }) => [id, state]))

  it('goes through a case at the counter', () => {
    expect(state(at({}))).toMatchObject({ form: 'now', sign: 'locked', precheck: 'locked', book: 'locked' })
    expect(state(at({ status: 'captured', missing: 1 }))).toMatchObject({ form: 'done', evidence: 'now', sign: 'locked' })
    expect(state(at({ status: 'captured', attached: 1 }))).toMatchObject({ evidence: 'done', sign: 'now' })
    expect(state(at({ status: 'signed' }))).toMatchObject({ sign: 'done', hand_over: 'now', precheck: 'open' })
    expect(state(at({ status: 'signed', handedOver: true }))).toMatchObject({ hand_over: 'done', precheck: 'now', book: 'locked' })
    expect(state(at({ status: 'prechecked', handedOver: true }))).toMatchObject({ precheck: 'done', book: 'now' })
    expect(state(at({ status: 'booked', handedOver: true }))).toMatchObject({ book: 'done' })
  })
  it('goes back to the form when something was changed after it was taken', () => {
    expect(state(at({ status: 'captured', changed: true, attached: 1 }))).toMatchObject({ form: 'now', review: 'open', sign: 'locked' })
  })
  it('ends at the Koffer before the booking', () => {
    expect(state(at({ status: 'prechecked_offline', place: 'koffer', handedOver: true }))).toMatchObject({ precheck: 'done', book: 'hub' })
    expect(stepsOf(at({ status: 'prechecked_offline', place: 'koffer', handedOver: true })).some(({ state }) => state === 'now')).toBe(false)
  })
  it('ends with a word where no registration is needed', () => {
    expect(state(at({ notNeeded: true }))).toEqual({ form: 'now', review: 'open', end: 'locked' })
    expect(state(at({ notNeeded: true, status: 'captured' }))).toEqual({ form: 'done', review: 'done', end: 'now' })
    expect(state(at({ notNeeded: true, status: 'closed' }))).toEqual({ form: 'done', review: 'done', end: 'done' })
  })
  it.each(['withdrawn', 'not_competent', 'refused'] as const)('offers nothing once %s', (status) => {
    expect(new Set(Object.values(state(at({ status, reached: 2 }))))).not.toContain('now')
    expect(isOver(status)).toBe(true)
  })
  it('says what a case waits for', () => {
    expect(waitingText({ for: 'documents', until: '2026-12-03' })).toBe('Wartet auf Unterlagen, Wiedervorlage 3.12.2026')
    const waits = (state: Finding['state'], at: string, note: string): Finding => ({ code: 'waiting', state, details: { at, note } })
    const all = [waits('waiting', '2026-11-06T08:00:00Z', 'zweite'), waits('done', '2026-11-07T08:00:00Z', 'vorbei'), waits('waiting', '2026-11-05T08:00:00Z', 'erste')]
    expect(lastFinding(all, 'waiting', 'waiting')?.details.note).toBe('zweite')
    expect(lastFinding(all, 'hearing')).toBeUndefined()
  })
  it('has words for every state', () => {
    for (const status of statusList) expect(statusText(status)).not.toBe(status)
    expect([isOver('booked'), isOver('prechecked')]).toEqual([true, false])
  })
})

describe('what the case says of itself', () => {
  it('where it is for certain', () => {
    expect(whereOf('draft', 'koffer', undefined)).toBe('here')
    expect(whereOf('draft', 'koffer', 'hub')).toBe('hub')
    expect(whereOf('draft', 'hub', undefined)).toBe('hub')
    expect(whereOf('booked', 'hub', undefined)).toBe('final')
  })
  it('how far a document has come', () => {
    expect(arrival({ chunk_count: 12, chunks_held: 3, verified: 0 })).toEqual({ held: 3, of: 12 })
    expect(arrival({ chunk_count: 0, chunks_held: 0, verified: 0 })).toBe('none')
    expect(arrival({ chunk_count: 12, chunks_held: 12, verified: 1 })).toBe('whole')
  })
  it('what was handed over last and the receipt', () => {
    const findings: Finding[] = [
      { code: 'handed_over.receipt', state: 'done', details: { way: 'electronic', at: '2026-11-05T13:00:00Z' } },
      { code: 'handed_over.receipt', state: 'done', details: { way: 'paper', at: '2026-11-05T12:00:00Z' } },
      { code: 'receipt', state: 'done', details: { number: 'E1-7', at: '2026-11-05T12:00:00Z' } },
    ]
    expect(handedOver(findings).get('receipt')!.way).toBe('electronic')
    expect(receiptOf(findings)!.number).toBe('E1-7')
    expect(receiptOf([])).toBeUndefined()
    expect(wordFindings(findings)).toEqual([])
  })
})

describe('findings in words', () => {
  const duplicate: Finding = { code: 'residence.duplicates', state: 'blocking', details: { persons: [{ index: 0, person_ids: ['A', 'B'], same: ['A'], deceased: false }, { index: 2, person_ids: ['C'], same: [], deceased: false }] } }
  const names = ['Anna Muster', 'Otto Muster', 'Mia Muster']
  const name = (index: number) => names[index]!
  it('puts what stops first and never shows a code', () => {
    const worded = wordFindings([
      { code: 'residence.street', state: 'ok', details: {} }, { code: 'residence.lessor', state: 'hint', details: { why: ['date_differs', 'more_persons_named'] } },
      { code: 'residence.blocks_in_dwelling', state: 'unknown', details: { why: 'needs_register' } }, { code: 'residence.relations', state: 'unknown', details: {} }, duplicate,
    ], name)
    expect(worded.map(({ code }) => code)).toEqual(['residence.duplicates', 'residence.lessor', 'needs_register', 'residence.street'])
    expect(worded[1]!.text).toMatch(/anderer Tag.*weitere Personen/)
    expect(worded[2]).toMatchObject({ title: expect.stringMatching(/Zentrale/), text: 'Sperren an der Anschrift · Ehe und Partnerschaft' })
    for (const { text, title } of worded) expect(text + title).not.toMatch(/residence\.|undefined|_/)
  })
  it('names every check by a noun, asking nothing: several stand in one line', () => {
    const all = registration.checks.map((code): Finding => ({ code, state: 'unknown', details: {} }))
    const [left] = wordFindings(all)
    expect(left!.text.split(' · ')).toHaveLength(registration.checks.length)
    expect(left!.text).not.toMatch(/[?!.:]|residence/)
    for (const { title, text } of wordFindings(all.map(({ code }) => ({ code, state: 'ok', details: {} })))) expect(title + text).not.toMatch(/\?|^Ja|Nein\./)
  })
  it('what was found of a sealed case is sealed: no check says half a sentence', () => {
    for (const state of ['hint', 'blocking'] as const)
      for (const { text } of wordFindings(registration.checks.map((code): Finding => ({ code, state, details: {} })))) expect(text).toMatch(/versiegelt/)
  })
  it('names the person each is about', () => {
    const text = (code: string, details: object, state: Finding['state'] = 'hint') => wordFindings([{ code, state, details }], name)[0]!.text
    expect(text('residence.duplicates', duplicate.details, 'blocking')).toMatch(/^Anna Muster: 1 Eintrag mit .* Mia Muster: 1 ähnlicher Eintrag\./)
    expect(text('residence.id_document', { persons: [{ index: 1, why: ['expired'] }] })).toBe('Otto Muster: Kein vorgelegter Ausweis ist mehr gültig.')
    expect(text('residence.known_elsewhere', { persons: [{ index: 0, why: ['departed_abroad', 'abroad_not_named'] }] })).toMatch(/^Anna Muster ist im Register als ins Ausland/)
    // Of a sealed case a Koffer knows that it was kept, not until when it ran.
    expect(text('residence.deadline', {}, 'ok')).toBe('Eingehalten.')
    expect(text('residence.same_lessor', {}, 'ok')).toBe('Kein Wohnungsgeber genannt.')
    expect(text('residence.same_lessor', { persons: 20, limit: 20, months: 12 }, 'ok')).toBe('In 12 Monaten 20 Personen bei demselben Wohnungsgeber.')
    expect(text('residence.form_differences', {}, 'ok')).toBe('Keine Abweichung ist offen.')
    expect(text('residence.form_differences', { fields: [{ path: 'persons.0.person.birth_name', label: 'Geburtsname' }, { path: 'other_dwellings', label: 'Weitere Wohnungen in Deutschland' }] })).toMatch(/gilt: .+: Geburtsname, Weitere Wohnungen in Deutschland\. Öffnen Sie/)
    expect(text('residence.same_lessor', { persons: 21, limit: 20, months: 12 })).toMatch(/Fragen Sie nach/)
    expect(text('residence.persons_in_dwelling', { persons: 6, limit: 0 }, 'ok')).toBe('Mit dieser Anmeldung 6 Personen.')
    expect(text('residence.lessor', { why: ['person_not_named'], not_named: [2] })).toMatch(/Es fehlt: Mia Muster\./)
    expect(text('residence.family', { blocked: 0, requested: 1 })).toMatch(/^1 Person möchte/)
    expect(text('residence.family', { blocked: 0, requested: 0, elsewhere: 1, missing: [1, 2] })).toMatch(/meldet für 1 Person eine Auskunftssperre\..*fehlen Otto Muster, Mia Muster\./)
    // Whom the family's form leaves out can be asked about where it is said.
    const alone = (details: object) => wordFindings([{ code: 'residence.family', state: 'hint', details }], name)[0]!.alone
    expect([alone({ missing: [1, 2] }), alone({ missing: 2 }), alone({})]).toEqual([[1, 2], [], []])
    expect(text('residence.data_differ', { index: 2, fields: ['birth_place'] })).toMatch(/^Mia Muster: .*Geburtsort/)
    expect(text('residence.one_main_dwelling', { why: ['undecided'] }, 'blocking')).toMatch(/Nächten im Monat/)
    expect(text('residence.one_main_dwelling', { status: 'N', ground: 'time' }, 'ok')).toMatch(/Nebenwohnung/)
  })
  it('is open until a choice or a reason', () => {
    const late: Finding = { code: 'residence.back_dating', state: 'blocking', details: { months: 6 } }
    expect(openFindings([duplicate, late], [], {})).toEqual(['residence.duplicates', 'residence.back_dating'])
    expect(openFindings([duplicate, late], ['A'], { 'residence.back_dating': 'Mietvertrag gesehen' })).toEqual([])
    expect(openFindings([duplicate], ['B'], {})).toEqual(['residence.duplicates'])
    expect(openFindings([duplicate], [undefined], { 'residence.duplicates': '  ' })).toEqual(['residence.duplicates'])
    expect(openFindings([duplicate], [undefined], { 'residence.duplicates': 'Zwilling' })).toEqual([])
  })
  it('names whom we wait for and why it was booked in spite of something', () => {
    expect(awaited([{ code: 'residence.auswertung.03355022', state: 'waiting', details: { from: 'Meldebehörde 03355022', due_on: '2026-11-10' } }])).toEqual([{ from: 'Meldebehörde 03355022', due: '2026-11-10' }])
    expect(overridesOf([{ code: 'override.residence.back_dating', state: 'done', details: {}, note: 'Mietvertrag' }])).toEqual([{ title: 'Zeit seit dem Einzug', reason: 'Mietvertrag' }])
  })
})

describe('timeline', () => {
  const entry = (seq: number, name: string, more: Partial<JournalEntry> = {}): JournalEntry => ({ seq, at_ms: seq * 1000, kind: 'command', name, actor_name: 'Jördis Łuczak', device_name: 'Koffer 3', place: 'koffer', reason: '', outcome: 'done', ...more })
  it('is newest first, in German, and joins what repeats', () => {
    const moments = timelineOf([entry(1, 'case.open'), entry(2, 'case.attach'), entry(3, 'case.attach'), entry(4, 'case.sign')])
    expect(moments.map(({ text, times }) => [text, times])).toEqual([['Erklärung unterschrieben', 1], ['Unterlage hinzugefügt', 2], ['Vorgang angelegt', 1]])
    expect(moments[0]!.by).toBe('Jördis Łuczak · Koffer 3')
  })
  it('shows looking only when asked, with its reason', () => {
    const journal = [entry(1, 'case.open'), entry(2, 'case.get', { kind: 'read', reason: 'Dokument angesehen' })]
    expect(timelineOf(journal)).toHaveLength(1)
    expect(timelineOf(journal, { reads: true })[0]).toMatchObject({ text: 'Vorgang angesehen', why: 'Dokument angesehen', tone: 'read' })
  })
  it('says what was refused and why', () => {
    expect(timelineOf([entry(1, 'residence.book', { outcome: 'refused:residence.findings_open', device_name: '', place: 'counter' })], { word: () => 'Eine Prüfung hält die Buchung auf.' })[0]).toMatchObject({
      text: 'Nicht angenommen: Im Melderegister gebucht', why: 'Eine Prüfung hält die Buchung auf.', tone: 'refused', by: 'Jördis Łuczak · Schalter',
    })
  })
})
