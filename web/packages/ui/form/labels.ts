// From an answer's path back to the words that stand at its field.
import { fieldsOf, isObject, membersOf, type Blocks, type Field, type Procedure, type Value, type Values } from '$procedure'
import { labelOf } from '../field/env'

/** "Personen 2: Familienname" for `persons.1.family_name`. */
export function labelAt(procedure: Procedure, path: string, blocks?: Blocks): string {
  let fields: Field[] | undefined = fieldsOf(procedure)
  let current: Field | undefined
  const words: string[] = []
  for (const name of path.split('.')) {
    if (/^\d+$/.test(name)) {
      const item = current?.item_label?.de
      words[words.length - 1] = `${item ?? words.at(-1) ?? ''} ${Number(name) + 1}`.trim()
      continue
    }
    current = fields?.find((field) => field.name === name)
    words.push(current ? labelOf(current) : name)
    fields = current ? membersOf(current, blocks ? { blocks } : {}) : undefined
  }
  const last = words.pop() ?? path
  const before = words.at(-1)
  return before ? `${before}: ${last}` : last
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
