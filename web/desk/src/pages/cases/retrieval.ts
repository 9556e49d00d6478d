// The form that the former municipality fills in (§ 23 Abs. 3 BMG): what it says, and what the person says to it.
import { deepEqual, isAbsent, isObject, valueAt, type Field, type Value, type Values } from '$procedure'

export type RetrievalState = 'none' | 'recorded' | 'asked' | 'silent' | 'hit' | 'not_unique' | 'not_found' | 'blocked'

/** One place where the two differ. `said` is null where nothing has been said yet, `received` where they know nothing. */
export interface Difference {
  path: string
  label: string
  received: Value
  said: Value
  received_text: string
  said_text: string
}

export interface Retrieved {
  state: RetrievalState
  office: string
  requested_at_ms: number | null
  received_at_ms: number | null
  received: { persons?: Values[]; dwelling_status?: string; moved_in?: string; departed_on?: string } | null
  differences: Difference[]
}

/** `filled`: theirs, where nobody had said anything. */
export type Decision = 'accepted' | 'filled' | 'corrected' | 'added'

const isTheirs = (decision: Decision) => decision === 'accepted' || decision === 'filled'

/** What has been decided, as the form keeps it. */
export interface Decided {
  path: string
  received?: string
  said?: string
  decision: Decision
}

export const decidedOf = (values: Values): Decided[] => (Array.isArray(values.vms_differences) ? (values.vms_differences as unknown as Decided[]) : [])

/** Differences nobody has decided yet; one that was decided comes back when something else is said. */
export function undecided(differences: Difference[], values: Values): Difference[] {
  const decided = decidedOf(values)
  return differences.filter(({ path, received, said_text }) => !decided.some((one) => one.path === path && (isTheirs(one.decision) ? deepEqual(valueAt(values, path.split('.')), received) : (one.said ?? '') === said_text)))
}

/** Where nothing has been said yet: their answer may stand there at once, to be read through together. What the person took out again is asked for by itself. */
export const fillable = (differences: Difference[], values: Values): Difference[] => differences.filter(({ path, said, received }) => isAbsent(said) && !isAbsent(received) && !decidedOf(values).some((one) => one.path === path))

/** What one may answer: their value, the person's, or that the person adds what they do not know. */
export const choicesOf = ({ received }: Difference): Decision[] => (isAbsent(received) ? ['added'] : ['accepted', 'corrected'])

/** Puts a value at a path (`persons.0.person.family_name`), with what has to be there before it. */
export function putAt(values: Values, path: string, value: Value): void {
  const names = path.split('.')
  let place: Value = values
  names.forEach((name, index) => {
    const last = index === names.length - 1
    const next: Value = last ? value : /^\d+$/.test(names[index + 1]!) ? [] : {}
    if (Array.isArray(place)) {
      const at = Number(name)
      while (place.length < at) place.push({})
      if (last || isAbsent(place[at])) place[at] = next
      place = place[at]
    } else if (isObject(place)) {
      if (last || place[name] === undefined || place[name] === null) place[name] = next
      place = place[name]
    }
  })
}

/** Takes a decision into the form: their value where it is accepted, and the record of it. */
export function decide(values: Values, difference: Difference, decision: Decision): void {
  const { path, received, received_text, said_text } = difference
  if (isTheirs(decision)) putAt(values, path, JSON.parse(JSON.stringify(received)) as Value)
  const record: Decided = { path, decision, ...(received_text ? { received: received_text.slice(0, 500) } : {}), ...(said_text ? { said: said_text.slice(0, 500) } : {}) }
  values.vms_differences = [...decidedOf(values).filter((one) => one.path !== path), record] as unknown as Value
}

const key = (person: Value) => (isObject(person) ? `${person.given_names ?? ''}\n${person.birth_date ?? ''}`.toLowerCase() : '')

/** Persons of their answer who are not on the form, to be asked whether they move too. */
export function further(retrieved: Retrieved, values: Values): Values[] {
  const here = (Array.isArray(values.persons) ? values.persons : []).map((one) => (isObject(one) ? key(one.person) : ''))
  return (retrieved.received?.persons ?? []).slice(1).filter(({ person }) => isObject(person) && !here.includes(key(person)))
}

/** Places of those on the form whom the family's answer leaves out: each is asked about alone. */
export function leftOut(retrieved: Retrieved, values: Values): number[] {
  const there = (retrieved.received?.persons ?? []).map(({ person }) => key(person ?? null))
  return (Array.isArray(values.persons) ? values.persons : []).flatMap((one, index) => (index > 0 && isObject(one) && isObject(one.person) && one.person.birth_date && !there.includes(key(one.person)) ? [index] : []))
}

/** A person of theirs as an item of the form: what the form asks for, nothing else. */
export function asItem(received: Values, members: Field[]): Values {
  const item: Values = {}
  for (const field of members) {
    const value = received[field.name]
    if (isAbsent(value)) continue
    item[field.name] = field.type === 'group' && isObject(value) ? asItem(value, field.fields ?? []) : value
  }
  return item
}
