// From what the register knows of a person (person.get) to what need not be asked again.
import { deepEqual, isObject, type Value, type Values } from '$procedure'

export interface RegisterAnswer {
  person: Record<string, any>
  dwellings?: Record<string, any>[]
  documents?: Record<string, any>[]
  relations?: Record<string, any>[]
}

/** Empty texts and zeros mean "nothing known" in the register; they are left out. */
function known(source: Record<string, any>, names: string[]): Values {
  const out: Values = {}
  for (const name of names) {
    const value = source[name]
    const empty = value === undefined || value === null || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)
    if (!empty) out[name] = value
  }
  return out
}

const doctorates = ['Dr.', 'Dr. h. c.', 'Dr. eh.', 'Dr. E. h.']

function personOf(answer: RegisterAnswer): Values {
  const { person } = answer
  const out = known(person, [
    'family_name', 'given_names', 'rufname_index', 'birth_name', 'doctorate', 'religious_name', 'artist_name', 'birth_date', 'birth_place',
    'birth_country', 'sex', 'nationalities', 'religion', 'marital_status', 'marital_status_since', 'marital_status_place', 'marital_status_country',
  ])
  if (person.single_name === 1) out.single_name = true
  if (!doctorates.includes(String(out.doctorate))) delete out.doctorate
  const former = Array.isArray(person.former_names) ? person.former_names.filter(isObject) : []
  if (former.length > 0) out.former_names = former.map((name) => known(name, ['name', 'type', 'until', 'reason']))
  const status = String(out.marital_status ?? '')
  const together = { VH: 'spouse', LP: 'partner' }[status]
  const other = answer.relations?.find(({ kind, valid_to, blocked }) => kind === together && !valid_to && !blocked)
  if (together && other) out.spouse = known(other, ['family_name', 'given_names', 'birth_date'])
  return out
}

/** A dwelling of the register as the shared block has it. A street's key holds in its own municipality (`ags`) only. */
export function dwellingOf(row: Record<string, any>, ags = ''): Values {
  const abroad = row.country && row.country !== '000'
  if (abroad) return { country_foreign: row.country, ...(row.foreign_lines?.length ? { foreign_lines: row.foreign_lines.map((line: Value) => ({ line })) } : {}) }
  const out = known(row, ['ags', 'postcode', 'city', 'district', 'street_key', 'street', 'house_no', 'house_letter', 'sub_no', 'floor', 'apartment_no', 'addition'])
  // Here the key says the street, and its name beside it would only be typed twice; elsewhere it says nothing.
  delete out[out.street_key && out.ags === ags ? 'street' : 'street_key']
  return out
}

/** The dwelling somebody moves out of: the sole or main one that is current. */
function currentDwelling(dwellings: Record<string, any>[] | undefined): Record<string, any> | undefined {
  const current = (dwellings ?? []).filter((row) => row.current)
  return current.find(({ status }) => status === 'E' || status === 'H') ?? current[0]
}

/** The paper that is valid longest; whether the original lay there is asked, never known. */
function paperOf(documents: Record<string, any>[] | undefined): Values | undefined {
  const valid = (documents ?? []).filter(({ state, expired }) => state === 'valid' && !expired)
  const best = valid.sort((a, b) => String(b.valid_until).localeCompare(String(a.valid_until)))[0]
  if (!best) return undefined
  const out = known(best, ['doc_type', 'serial', 'issuing_authority', 'issuing_country', 'issue_date', 'valid_until', 'name_in_document'])
  if (!['FID', 'FPASS', 'RAK'].includes(String(out.doc_type))) delete out.issuing_country
  return out
}

/** What the register says, in the shape of the registration's form. */
export function fromRegister(answer: RegisterAnswer, ags = ''): Values {
  const paper = paperOf(answer.documents)
  const head = { family_role: 'head', person: personOf(answer), ...(paper ? { id_documents: [paper] } : {}), ...known(answer.person, ['objections']) }
  const out: Values = { persons: [head] }
  const dwelling = currentDwelling(answer.dwellings)
  if (dwelling) {
    const block = dwellingOf(dwelling, ags)
    const abroad = 'country_foreign' in block
    out.previous_kind = abroad ? 'abroad' : 'germany'
    out[abroad ? 'previous_abroad' : 'previous_dwelling'] = block
  }
  return out
}

const named = ['family_name', 'given_names', 'birth_name', 'birth_place', 'birth_date']

/**
 * Marks by path: where a value is as the register has it, and where it differs. `word` turns a value into words.
 */
export function marksOf(values: Values, register: Values, words: { same: string; other: string; differs: (value: Value) => string }): Record<string, string> {
  const marks: Record<string, string> = {}
  const walk = (mine: Value, theirs: Value, path: string) => {
    if (mine === undefined || mine === null || mine === '') return
    if (isObject(theirs) && isObject(mine)) {
      for (const name of Object.keys(theirs)) walk(mine[name], theirs[name], path ? `${path}.${name}` : name)
    } else if (Array.isArray(theirs) && Array.isArray(mine) && theirs.some(isObject)) {
      theirs.forEach((item, index) => walk(mine[index], item, `${path}.${index}`))
    } else if (deepEqual(mine, theirs)) marks[path] = words.same
    else marks[path] = named.includes(path.split('.').at(-1)!) ? words.differs(theirs) : words.other
  }
  walk(values, register, '')
  return marks
}

/** Fills what the directory of streets knows into what is still empty. */
export function fromStreet(dwelling: Values, extra: Record<string, unknown>): Values {
  const out: Values = {}
  for (const name of ['postcode', 'city', 'district']) {
    const value = extra[name]
    if (typeof value === 'string' && value !== '' && !dwelling[name]) out[name] = value
  }
  return out
}
