// What is worth reading of a form: everything with an answer, and what must have one.
import { isAbsent, isNeeded, isObject, membersOf, type Context, type Field, type Value, type Values } from '$procedure'

/** Whether something was answered here; groups and items are looked through. */
export function hasAnswer(field: Field, value: Value, context: Context): boolean {
  if (isAbsent(value) || (Array.isArray(value) && value.length === 0)) return false
  const members = membersOf(field, context)
  if (!members || !isObject(value)) return true
  return members.some((member) => hasAnswer(member, value[member.name], context))
}

/** 'answered': only what has an answer; 'needed': also what must have one. */
export function worthReading(field: Field, scopes: Values[], context: Context, how: 'answered' | 'needed'): boolean {
  if (hasAnswer(field, scopes[0]?.[field.name], context)) return true
  return how === 'needed' && field.type !== 'group' && isNeeded(field, scopes, context)
}
