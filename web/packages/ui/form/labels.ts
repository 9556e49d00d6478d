// From an answer's path back to the words that stand at its field.
import { fieldsOf, isObject, membersOf, type Blocks, type Field, type Procedure, type Section, type Value, type Values } from '$procedure'
import { labelOf } from '../field/env'
import { nameIn } from './items'

function labelIn(fields: Field[], path: string, blocks?: Blocks, values?: Values): string {
  let current: Field | undefined
  let members: Field[] | undefined = fields
  let value: Value = values
  /** Whose it is, or what it belongs to: "Mia Muster, Ausweis 1". */
  let whose = ''
  let last = path
  for (const name of path.split('.')) {
    value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined
    if (/^\d+$/.test(name)) {
      last = `${current?.item_label?.de ?? last} ${Number(name) + 1}`.trim()
      const named = nameIn(value)
      if (named) last = named
      continue
    }
    if (current && !(whose && current.type === 'group')) whose = whose ? `${whose}, ${last}` : last
    current = members?.find((field) => field.name === name)
    last = current ? labelOf(current) : name
    members = current ? membersOf(current, blocks ? { blocks } : {}) : undefined
  }
  return whose ? `${whose}: ${last}` : last
}

/** "Mia Muster: Geburtsdatum" for `persons.1.person.birth_date`; "Person 2: Geburtsdatum" while she has no name. */
export function labelAt(procedure: Procedure, path: string, blocks?: Blocks, values?: Values): string {
  return labelIn(fieldsOf(procedure), path, blocks, values)
}

/** The same for some sections. */
export function labelAtSections(sections: Section[], path: string, blocks?: Blocks, values?: Values): string {
  return labelIn(sections.flatMap(({ fields }) => fields), path, blocks, values)
}

/** The value at an answer's path. */
export function valueAtPath(values: Values, path: string): Value {
  let value: Value = values
  for (const name of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(name)]
    else value = isObject(value) ? value[name] : undefined
  }
  return value
}
