// Which codes a form says: so that their words can be there before they are needed at once, as on paper.
import { isObject, membersOf, type Context, type Field, type Value, type Values } from '$procedure'

export interface Coded {
  list: string
  code: string
}

type Blocks = Pick<Context, 'blocks'>

/** Every code in the values of these fields; groups and items are looked through. */
export function codesIn(fields: Field[], values: Values, context: Blocks): Coded[] {
  return fields.flatMap((field) => codesOf(field, values[field.name], context))
}

function codesOf(field: Field, value: Value | undefined, context: Blocks): Coded[] {
  if (Array.isArray(value)) return value.flatMap((one) => codesOf(field, one, context))
  const members = membersOf(field, context)
  if (members) return isObject(value) ? codesIn(members, value, context) : []
  return field.list !== undefined && typeof value === 'string' && value !== '' ? [{ list: field.list, code: value }] : []
}
