import { describe, expect, it } from 'vitest'
import { caseNumber, nothing, readBirth, searchParams } from '../parts/persons'
import { addWords } from '$ui/words'
import erasuresWords from './erasures/words.de.json'
import taskDialogs from './tasks/dialogs.de.json'
import tasksWords from './tasks/words.de.json'
import { dayAfter, isDay } from '../days'
import { countText, dueOf, isReleased, releasesOf, rowsOf, whyOf, type Rule } from './erasures/erasures'
import { exportTone, isOver, mayMake } from './admin/exports'
import { firstPassword, loginFor, roleAgainst } from './admin/admin'
import { differences } from './conflicts/conflicts'
import { catalogue } from '$api'
import { plainWords } from '../fields'
import { procedure } from '../gallery/product'
import { byTime, correctableOf, fieldFor, paperState, registered, toText, toValue, type PersonData } from './person/person'
import { canCancel, canRepair, lawText, stateOf, urgency, type Message } from './messages/messages'
import { closingText, grouped, kindText, titleOf, twicePath, whenOf, whoseOf, wordsOf, type Task } from './tasks/tasks'
import { appointmentState, isUnfetched, nextTime, overlapping, sorted, tourState, tourTone } from './tours/tours'

const today = '2026-11-21'

describe('search', () => {
  it('sends the one box or the fields, only what was filled in', () => {
    expect(searchParams({ ...nothing(), text: ' kröger ' }, false, today)).toEqual({ text: 'kröger' })
    expect(searchParams({ ...nothing(), text: 'x', name: 'Kröger', birth_date: '3.4.1936', house_no: 4 }, true, today)).toEqual({ name: 'Kröger', birth_date: '1936-04-03', house_no: 4 })
    expect(searchParams(nothing(), true, today)).toBeUndefined()
  })
  it('reads dates of birth, whole or in part', () => {
    expect(['3.4.36', '1936', '4.1936', 'um 1936', ''].map((text) => readBirth(text, today))).toEqual(['1936-04-03', '1936-00-00', '1936-04-00', 'um 1936', ''])
  })
  it('knows case numbers from names and streets', () => {
    expect(['Z-000214', 'z-214', 'K1 31', 'Am Sande 7', 'kröger 1936', 'Müller 7'].map(caseNumber)).toEqual(['Z-000214', 'Z-000214', 'K1-000031', undefined, undefined, undefined])
    // A receipt's number is told from a case's, however it is typed.
    expect(['Z-Q000002', 'z-q2', 'K1 q 31', 'Q 7'].map(caseNumber)).toEqual(['Z-Q000002', 'Z-Q000002', 'K1-Q000031', 'Q-000007'])
  })
})

describe('erasures', () => {
  addWords(erasuresWords)
  const rule = (more: Partial<Rule>): Rule => ({ rule: 'religions', erased: true, left_before: '2025-01-01', count: 0, needs_release: false, releases: [], persons: [], ...more })
  const person = (n: number, hidden = false) => ({ person_id: `p${n}`, person_name: `Person ${n}`, hidden })
  it('names persons and cases, and opens nobody who may not be seen', () => {
    expect(rowsOf(rule({ persons: [person(1), person(2, true)] })).map(({ href }) => href)).toEqual(['/person/p1', undefined])
    expect(rowsOf(rule({ rule: 'papers', cases: [{ case_id: 'c1', number: 'Z-000214' }] }))).toEqual([{ id: 'c1', name: 'Z-000214', href: '/vorgaenge/c1' }])
  })
  it('shows the rules that have somebody, and says when there are more than it names', () => {
    const many = rule({ count: 500, persons: Array.from({ length: 500 }, (_, n) => person(n)) })
    const waiting = rule({ releases: [{ by: 'lead', since: '2026-11-06', count: 101, released_by: '' }] })
    expect(dueOf([rule({}), many, waiting])).toEqual([many, waiting])
    expect([countText(rule({ count: 1 })), countText(many)]).toEqual(['1', 'mindestens 500'])
    expect(whyOf(many)).toContain('vor dem 1.1.2025')
  })
  it('says whose release so many wait for, and since when', () => {
    expect(releasesOf(rule({ count: 100 }))).toEqual([])
    expect(releasesOf(rule({ count: 101, needs_release: true }))).toHaveLength(1)
    const asked = { since: '2026-11-06', count: 101 }
    const by = (...names: string[]) => isReleased(rule({ releases: names.map((released_by, n) => ({ by: n ? 'second' : 'lead', released_by, ...asked })) }))
    expect([by(), by('Helga'), by('Helga', ''), by('Helga', 'Jutta')]).toEqual([false, false, false, true])
    expect(releasesOf(rule({ releases: [{ by: 'lead', released_by: 'Helga Tietjen', ...asked }, { by: 'second', released_by: '', ...asked }] }))).toEqual([
      'Leitung: freigegeben von Helga Tietjen, Liste vom 6.11.2026 (101 Einträge).',
      'Zweite Person: Freigabe fehlt seit 6.11.2026 (101 Einträge).',
    ])
  })
  it('asks for the next night', () => {
    expect(['2026-11-23', '2026-12-31', '2028-02-28', '2026-03-28'].map((day) => dayAfter(day))).toEqual(['2026-11-24', '2027-01-01', '2028-02-29', '2026-03-29'])
    expect(['2026-11-24', '2026-11-00', '2026-02-30', '2026-11-', undefined].map(isDay)).toEqual([true, false, false, false, false])
  })
})

describe('conflicts', () => {
  const marked = (parts: { text: string; changed: boolean }[]) => parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('')
  it('marks what the other side lacks', () => {
    const [here, there] = differences('Möller-Vogt', 'Möller-Voigt')
    expect([marked(here), marked(there)]).toEqual(['Möller-Vogt', 'Möller-Vo[i]gt'])
    expect(differences('', 'neu').map(marked)).toEqual(['', '[neu]'])
    expect(differences('17.5.1938', '7.5.1938').map(marked)).toEqual(['[1]7.5.1938', '7.5.1938'])
  })
  it('marks very long texts as a whole', () => {
    expect(differences('a'.repeat(500), 'b').map((parts) => parts.length)).toEqual([1, 1])
  })
})

describe('tours', () => {
  const appointment = (at_time: string, minutes: number, more: object = {}) => ({ at_time, minutes, state: 'planned', case_id: null, ...more }) as never
  const tour = { from_time: '09:00', until_time: '10:30' }
  it('suggests the next free time', () => {
    expect(nextTime(tour, [])).toBe('09:00')
    expect(nextTime(tour, [appointment('09:00', 45)])).toBe('09:45')
    expect(nextTime(tour, [appointment('09:00', 45), appointment('09:45', 45)])).toBeUndefined()
  })
  it('sees what is in the way', () => {
    const one = appointment('09:00', 30)
    expect(overlapping('09:15', 30, [one])).toBe(one)
    expect(overlapping('09:30', 30, [one])).toBeUndefined()
  })
  it('names states as people are told them', () => {
    expect([tourState({ state: 'in', wiped_ms: null }), tourState({ state: 'in', wiped_ms: 5 })]).toEqual(['in', 'wiped'])
    expect([tourState({ state: 'out', wiped_ms: null }), tourState({ state: 'out', wiped_ms: 5 }), tourState({ state: 'planned', wiped_ms: 5 })]).toEqual(['out', 'emptied', 'planned'])
    expect([tourTone({ state: 'out', wiped_ms: 5 }), tourTone({ state: 'planned', wiped_ms: null })]).toEqual(['warning', 'neutral'])
    expect([appointmentState(appointment('9', 1, { case_id: 'x' })), appointmentState(appointment('9', 1, { case_id: 'x', state: 'done' }))]).toEqual(['working', 'done'])
  })
  it('can be changed until a Koffer has fetched it', () => {
    expect(isUnfetched({ state: 'planned', checked_out_ms: null })).toBe(true)
    expect(isUnfetched({ state: 'planned', checked_out_ms: 5 })).toBe(false) // given to another one: the first may still work on it
    expect(isUnfetched({ state: 'cancelled', checked_out_ms: null })).toBe(false)
  })
  it('counts what was cancelled among those that are over', () => {
    const row = { id: 'x', day: '2026-11-25', state: 'cancelled', wiped_ms: null } as never
    expect([sorted([row], today).over, tourState(row)]).toEqual([[row], 'cancelled'])
  })
  it('parts tours to come from those that are over', () => {
    const row = (id: string, day: string, state: string, wiped_ms: number | null = null) => ({ id, day, state, wiped_ms }) as never
    const { open, over } = sorted([row('a', '2026-11-01', 'planned'), row('b', '2026-11-20', 'in', 7), row('c', '2026-11-20', 'out'), row('e', '2026-11-20', 'out', 7), row('d', '2026-11-22', 'planned')], today)
    expect([open.map(({ id }) => id), over.map(({ id }) => id)]).toEqual([['c', 'e', 'd'], ['b', 'a']])
  })
})

describe('person', () => {
  it('says what is the matter with a paper', () => {
    const paper = (more: object) => paperState({ state: 'valid', expired: false, days_left: 400, ...more } as never)
    expect([paper({}), paper({ days_left: 30 }), paper({ expired: true, days_left: -1 }), paper({ state: 'lost', expired: true }), paper({ days_left: null })]).toEqual(['good', 'soon', 'expired', 'lost', 'good'])
  })
  it('shows the newest first', () => {
    expect(byTime([{ id: '1', recorded_at: '2026-01-01' }, { id: '2', recorded_at: '2026-02-01' }, { id: '3', recorded_at: '2026-02-01' }] as never).map(({ id }) => id)).toEqual(['3', '2', '1'])
  })
})

describe('correction', () => {
  const person = (more: object = {}) => ({ status: 'resident', given_names: 'Anna Maria', nationalities: ['000'], former_names: [{ name: 'Meier', type: 'family' }], single_name: 0, rufname_index: 0, azr_number: '', ...more }) as unknown as PersonData
  it('offers of somebody long gone only what is left to read, and the lead brings back who was kept as deceased', () => {
    const dead = person({ status: 'deceased', readable: ['status', 'family_name', 'birth_date'] })
    expect([correctableOf(dead, true), correctableOf(dead, false)]).toEqual([['family_name', 'birth_date', 'status'], ['family_name', 'birth_date']])
    expect(correctableOf(person(), true)).toContain('religion')
    expect(correctableOf(person(), true)).not.toContain('status')
  })
  it('asks for values as the form of a registration does', () => {
    catalogue.set({ problems: {}, procedures: [procedure], lists: {} })
    expect(fieldFor('nationalities', person())).toMatchObject({ type: 'codes', list: 'nationality', required: true, name: 'new_value' })
    expect(fieldFor('azr_number', person())).toMatchObject({ type: 'text', max: 12, alphabet: '0123456789' })
    expect(fieldFor('marital_status_since', person())).not.toHaveProperty('when')
    expect(fieldFor('rufname_index', person()).options?.map(({ value, label }) => [value, label?.de])).toEqual([['1', 'Anna'], ['2', 'Maria']])
    expect(fieldFor('objections', person()).options?.length).toBe(4)
    expect([plainWords('former_names', registered(person(), 'former_names')), plainWords('single_name', '1'), plainWords('objections', '["jubilees"]')]).toEqual(['Meier', 'ja', 'Alters- und Ehejubiläen (BMG § 50 Abs. 2)'])
  })
  it('keeps every value as the text of the register', () => {
    for (const name of ['nationalities', 'former_names', 'single_name', 'rufname_index', 'given_names', 'azr_number'] as const) {
      const text = registered(person(), name)
      expect([name, toText(name, toValue(name, text))]).toEqual([name, text])
    }
    expect([toText('former_names', [{ name: 'Meier' }, {}]), toText('nationalities', undefined), toText('single_name', true), toValue('status', 'deceased')]).toEqual(['[{"name":"Meier"}]', '[]', '1', undefined])
  })
})

describe('admin', () => {
  it('offers to make an export when it is released, was interrupted or its secret is lost, and another when it is over', () => {
    const states = ['asked', 'refused', 'released', 'making', 'ready', 'interrupted', 'ended'] as const
    expect(states.filter((state) => mayMake({ state }))).toEqual(['released', 'ready', 'interrupted'])
    expect(states.filter((state) => isOver({ state }))).toEqual(['refused', 'ended'])
    expect(states.map(exportTone)).toContain('warning')
  })
  it('makes sign-in names and first passwords', () => {
    expect(['Jördis Łuczak', 'Deniz Aydın', 'Anne-Marie  Groß'].map(loginFor)).toEqual(['joerdis.luczak', 'deniz.aydin', 'anne-marie.gross'])
    expect(firstPassword()).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  })
  it('offers no role that excludes one that is chosen, from either side', () => {
    expect([roleAgainst('auditor', ['clerk']), roleAgainst('clerk', ['auditor']), roleAgainst('team_lead', ['reception', 'admin']), roleAgainst('team_lead', ['clerk']), roleAgainst('auditor', [])]).toEqual(['clerk', 'auditor', 'admin', undefined, undefined])
  })
})

describe('tasks', () => {
  const task = (id: string, more: object = {}) => ({ id, kind: 'id_card_sticker', title: 'Aufkleber', state: 'open', due_on: null, scheduled_at: null, place: null, note: null, case_number: 'Z-000001', case_title: 'Anmeldung', person_id: null, person_name: 'Tobias Bergmann', closed_at_ms: null, ...more }) as Task
  it('stand by how they press', () => {
    const list = [
      task('a', { due_on: '2026-12-24' }), task('b'), task('c', { due_on: '2026-11-20' }), task('d', { due_on: today }), task('e', { due_on: '2026-11-28' }),
      task('f', { due_on: '2026-12-01', scheduled_at: '2026-11-24T09:00:00Z', state: 'scheduled' }), task('g', { state: 'done', due_on: '2026-11-01', closed_at_ms: 1 }), task('h', { state: 'dropped', closed_at_ms: 2 }),
    ]
    expect(grouped(list, today).map(({ group, tasks }) => [group, tasks.map(({ id }) => id).join('')])).toEqual([['late', 'c'], ['today', 'd'], ['week', 'fe'], ['later', 'a'], ['open_end', 'b'], ['closed', 'hg']])
  })
  it('lead to the two records of somebody known twice', () => {
    expect([task('a', { kind: 'merge_persons', subject: 'A B C' }), task('b', { kind: 'double_person', person_id: 'A' }), task('c', { person_id: 'A' }), task('d', { kind: 'merge_persons', subject: null })].map(twicePath)).toEqual(['/person/A/doppelt/B', '/person/A/doppelt', undefined, undefined])
  })
  it('say when', () => {
    expect(whenOf(task('a', { due_on: '2026-11-20' }), today)).toEqual({ text: 'überfällig seit 20.11.2026', tone: 'warning' })
    expect(whenOf(task('a', { due_on: '2026-12-01', scheduled_at: '2026-11-24T09:00:00Z' }), today)).toEqual({ text: 'Termin 24.11.2026, 10:00', tone: 'info' })
    expect([whenOf(task('a'), today), whenOf(task('a', { state: 'done', due_on: today }), today)]).toEqual([undefined, undefined])
  })
  it('name whom they are about, with their case only where that is one of several', () => {
    const emil = { person_id: 'E', person_name: 'Emil Bergmann' }
    expect([whoseOf(task('a', emil), false), whoseOf(task('a', emil), true), whoseOf(task('b'), false), whoseOf(task('b'), true)]).toEqual(['Emil Bergmann', 'Emil Bergmann', 'Tobias Bergmann', ''])
    expect(wordsOf(task('a', { ...emil, case_title: null }))).toContain('Emil')
  })
  it('have words for their kind, never a code', () => {
    expect(kindText('id_card_sticker')).toBe('Anschriftenaufkleber')
    expect(titleOf({ title: null, kind: 'message_rejected' })).toBe('Nachricht abgewiesen')
    expect(kindText('something_new')).not.toContain('_')
  })
  it('are closed in the words of their kind', () => {
    addWords(tasksWords, taskDialogs)
    expect([task('a', { kind: 'read_reason' }), task('b', { kind: 'mass_erasure_second' }), task('c')].map((one) => closingText(one, 'open'))).toEqual(['Antworten', 'Freigeben oder ablehnen', 'Erledigen'])
    expect(closingText(task('a', { kind: 'lessor_missing' }), 'title', { title: 'Brief schreiben' })).toBe('Erledigt: Brief schreiben')
  })
})

describe('messages', () => {
  const message = (state: string, more: object = {}) => ({ state, late: false, answered: false, answer_due_on: '', due_on: today, ...more }) as Message
  it('that were sent back stand first, then what is late, then by deadline', () => {
    const list = [message('acknowledged'), message('due', { due_on: '2026-12-01' }), message('due', { due_on: '2026-11-22' }), message('due', { late: true, due_on: '2026-11-01' }), message('rejected', { due_on: '2026-12-24' }), message('acknowledged', { answer_due_on: '2026-11-20' })]
    const order = [...list.keys()].sort((a, b) => urgency(list[a]!, today).localeCompare(urgency(list[b]!, today)))
    expect(order).toEqual([4, 3, 5, 2, 1, 0])
  })
  it('can be put right when sent back, and dropped before they have left', () => {
    expect(['due', 'handed_over', 'acknowledged', 'rejected', 'repaired', 'cancelled'].map((state) => [canRepair(message(state)), canCancel(message(state))])).toEqual([[false, true], [false, false], [false, false], [true, true], [false, false], [false, false]])
  })
  it('about somebody one may not see are left to the lead', () => {
    expect([canRepair(message('rejected', { hidden: true })), canCancel(message('due', { hidden: true }))]).toEqual([false, false])
  })
  it('say late once, and the law without the handbook’s note', () => {
    expect([stateOf(message('due', { late: true })).key, stateOf(message('rejected')).key]).toEqual(['message_state.late', 'message_state.rejected'])
    expect(lawText('BMG § 42; Landesrecht (zu prüfen)')).toBe('BMG § 42; Landesrecht')
  })
})
