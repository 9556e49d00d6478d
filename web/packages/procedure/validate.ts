// A form against its fields or its procedure: the "Validation answers" of docs/data-formats.md.
import { deepEqual, evaluate, holds, isAbsent, isObject, valueAt, type Scope } from './expression'
import { checkValue, countItems, type Finding } from './fields'
import type { Answer, Context, Field, Procedure, Value, Values } from './types'

interface Walk {
  context: Context
  answers: Answer[]
}

function scopeOf(context: Context, scopes: Values[]): Scope {
  return { scopes, today: context.today, channel: context.channel }
}

function add(walk: Walk, path: string, { code, details }: Finding): void {
  walk.answers.push({ path, code, details, severity: 'error' })
}

/** Fields of a group or list, its own or those of its shared block. */
export function membersOf(field: Field, context: Pick<Context, 'blocks'>): Field[] | undefined {
  return field.fields ?? (field.block ? context.blocks?.[field.block]?.fields : undefined)
}

function checkMembers(walk: Walk, fields: Field[], values: Values, prefix: string, outer: Values[]): void {
  const scopes = [values, ...outer]
  for (const field of fields) checkField(walk, field, values[field.name], prefix + field.name, scopes)
  const declared = new Set(fields.map((field) => field.name))
  const unknown = Object.keys(values).filter((name) => !declared.has(name) && values[name] !== undefined)
  for (const name of unknown.sort()) add(walk, prefix + name, { code: 'field.unknown', details: {} })
}

function checkItems(walk: Walk, field: Field, value: Value, path: string, scopes: Values[]): void {
  if (!Array.isArray(value)) return add(walk, path, { code: 'field.wrong_type', details: {} })
  for (const found of countItems(field, value.length)) add(walk, path, found)
  const members = membersOf(field, walk.context)
  value.forEach((item, index) => {
    if (!isObject(item)) add(walk, `${path}.${index}`, { code: 'field.wrong_type', details: {} })
    else if (members) checkMembers(walk, members, item, `${path}.${index}.`, scopes)
  })
}

function checkGroup(walk: Walk, field: Field, value: Value, path: string, scopes: Values[]): void {
  if (!isObject(value)) return add(walk, path, { code: 'field.wrong_type', details: {} })
  const members = membersOf(field, walk.context)
  if (members) checkMembers(walk, members, value, `${path}.`, scopes)
}

function isRequired(field: Field, scope: Scope): boolean {
  return field.required === true || (field.required_when !== undefined && holds(field.required_when, scope))
}

function checkField(walk: Walk, field: Field, value: Value, path: string, scopes: Values[]): void {
  const scope = scopeOf(walk.context, scopes)
  const absent = isAbsent(value)
  if (field.when !== undefined && !holds(field.when, scope)) {
    if (!absent) add(walk, path, { code: 'field.not_expected', details: {} })
    return
  }
  if (absent) {
    if (isRequired(field, scope)) add(walk, path, { code: 'field.required', details: {} })
    else if (Array.isArray(value)) for (const found of countItems(field, 0)) add(walk, path, found)
    return
  }
  if (field.type === 'group') return checkGroup(walk, field, value, path, scopes)
  if (field.type === 'list') return checkItems(walk, field, value, path, scopes)
  for (const found of checkValue(field, value, walk.context))
    add(walk, found.index === undefined ? path : `${path}.${found.index}`, found)
}

/** Answers for a plain list of fields (a command's payload, one section). */
export function validateFields(fields: Field[], values: Values, context: Context): Answer[] {
  const walk: Walk = { context, answers: [] }
  checkMembers(walk, fields, values, '', [])
  return walk.answers
}

/** All fields of a procedure; a section's `when` is each field's too. */
export function fieldsOf(procedure: Procedure): Field[] {
  return procedure.sections.flatMap((section) =>
    section.when === undefined
      ? section.fields
      : section.fields.map((field) => ({
          ...field,
          when: field.when === undefined ? section.when : { and: [section.when, field.when] },
        })),
  )
}

/** Whether the field of a path is to be filled in: the `when` of it and of every group around it is true. */
function exists(fields: Field[], path: string[], context: Context, scopes: Values[]): boolean {
  const [name, ...rest] = path
  const field = fields.find((candidate) => candidate.name === name)
  if (!field || !isShown(field, scopes, context)) return false
  if (rest.length === 0) return true
  const value = scopes[0]![field.name]
  const [inner, below] = Array.isArray(value) ? [value[Number(rest[0])], rest.slice(1)] : [value, rest]
  if (below.length === 0) return inner !== undefined
  const members = membersOf(field, context)
  return members === undefined || exists(members, below, context, [isObject(inner) ? inner : {}, ...scopes])
}

/** Every place that the field of a rule names: each `*` is every item of a list, and the item is looked into first. */
function placesOf(path: string[], scopes: Values[]): { path: string[]; scopes: Values[] }[] {
  const star = path.indexOf('*')
  if (star < 0) return [{ path, scopes }]
  const list = valueAt(scopes[0], path.slice(0, star))
  return (Array.isArray(list) ? list : []).flatMap((item, index) => {
    if (!isObject(item)) return []
    const below = placesOf(path.slice(star + 1), [item, ...scopes])
    return below.map((place) => ({ ...place, path: [...path.slice(0, star), String(index), ...place.path] }))
  })
}

function checkRules(procedure: Procedure, fields: Field[], values: Values, walk: Walk): void {
  const wrong = walk.answers.map((answer) => answer.path)
  for (const rule of procedure.rules ?? [])
    for (const place of placesOf(rule.field.split('.'), [values])) {
      const path = place.path.join('.')
      const blocked = wrong.some((other) => other === path || other.startsWith(path + '.'))
      if (blocked || !exists(fields, place.path, walk.context, [values])) continue
      if (evaluate(rule.check, scopeOf(walk.context, place.scopes)) !== false) continue
      walk.answers.push({ path, code: rule.problem, details: {}, severity: rule.severity })
    }
}

/** Answers for a whole form of a procedure: fields, undeclared members, rules. */
export function validate(procedure: Procedure, values: Values, context: Context): Answer[] {
  const fields = fieldsOf(procedure)
  const walk: Walk = { context, answers: validateFields(fields, values, context) }
  checkRules(procedure, fields, values, walk)
  return walk.answers
}

/** Is the field or section to be shown? (an unknown `when` is false) */
export function isShown(part: { when?: unknown }, scopes: Values[], context: Context): boolean {
  return part.when === undefined || holds(part.when as Value, scopeOf(context, scopes))
}

/** Must the field be filled in, as things stand? */
export function isNeeded(field: Field, scopes: Values[], context: Context): boolean {
  return isRequired(field, scopeOf(context, scopes))
}

function withoutHidden(fields: Field[], values: Values, context: Context, outer: Values[]): Values {
  const scopes = [values, ...outer]
  const result: Values = {}
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined || !isShown(field, scopes, context)) continue
    const members = membersOf(field, context)
    const inner = (item: Value) => (members && isObject(item) ? withoutHidden(members, item, context, scopes) : item)
    result[field.name] = field.type === 'list' && Array.isArray(value) ? value.map(inner) : field.type === 'group' ? inner(value) : value
  }
  return result
}

/** The values without members that the form does not expect any more, since their `when` has turned false. */
export function expectedValues(fields: Field[], values: Values, context: Context): Values {
  let result = withoutHidden(fields, values, context, [])
  // What was hidden may have been what showed something else: repeat until nothing changes.
  for (let before = values; !deepEqual(before, result); ) {
    before = result
    result = withoutHidden(fields, result, context, [])
  }
  return result
}
