// EXPR of docs/data-formats.md: three-valued conditions over the values of a form.
import { addDays, addMonths, parsePartial, span, yearsOn } from './dates'
import { dinCharacters } from './text'
import type { Expr, Value, Values } from './types'

export interface Scope {
  /** Innermost group or list item first, the whole form last. */
  scopes: Values[]
  today: string
  channel: string
}

/** A literal, true, false, a date…; null is *unknown*. */
export type Result = Exclude<Value, undefined>

type Operation = (operands: Result[], scope: Scope) => Result

export function isAbsent(value: Value): value is null | undefined | '' {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function isObject(value: Value): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path (`persons.0.family_name`), undefined if there is none. */
export function valueAt(values: Value, path: string[]): Value {
  let value: Value = values
  for (const name of path) {
    if (Array.isArray(value)) value = /^\d+$/.test(name) ? value[Number(name)] : undefined
    else if (isObject(value)) value = Object.hasOwn(value, name) ? value[name] : undefined
    else return undefined
  }
  return value
}

function lookUp(path: string, scope: Scope): Result {
  const hereOnly = path.startsWith('.')
  const names = (hereOnly ? path.slice(1) : path).split('.')
  const holder = (hereOnly ? scope.scopes.slice(0, 1) : scope.scopes).find((values) => Object.hasOwn(values, names[0]!))
  return holder ? (valueAt(holder, names) ?? null) : null
}

export function deepEqual(a: Value, b: Value): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => deepEqual(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && deepEqual(a[name], b[name]))
}

/** -1, 0, 1 by code point. */
function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!
    if (difference) return Math.sign(difference)
  }
  return Math.sign(left.length - right.length)
}

type Relation = (comparison: number) => boolean

function compareDates(a: [string, string], b: [string, string], holds: Relation): Result {
  const outcomes = new Set<boolean>()
  // Every pair of days lies between these: if the relation holds at all corners, it holds everywhere.
  for (const left of a) for (const right of b) outcomes.add(holds(compareText(left, right)))
  return outcomes.size === 1 ? outcomes.has(true) : null
}

function comparison(holds: Relation): Operation {
  return ([a, b]) => {
    if (typeof a === 'number' && typeof b === 'number') return holds(Math.sign(a - b))
    if (typeof a !== 'string' || typeof b !== 'string' || a === '' || b === '') return null
    const partial = [a, b].some((text) => parsePartial(text)?.day === 0)
    const [left, right] = [span(a), span(b)]
    if (partial) return left && right ? compareDates(left, right, holds) : null
    return holds(compareText(a, b))
  }
}

function isEmpty(value: Value): boolean {
  return isAbsent(value) || (isObject(value) && Object.keys(value).length === 0)
}

function ageOn(birth: Value, on: Value): Result {
  if (typeof birth !== 'string' || typeof on !== 'string') return null
  const days = span(birth)
  const [oldest, youngest] = days?.map((day) => yearsOn(day, on)) ?? []
  return oldest !== undefined && oldest === youngest ? oldest : null
}

function shift(move: (date: string, count: number) => string | undefined): Operation {
  return ([date, count]) =>
    typeof date === 'string' && typeof count === 'number' && Number.isSafeInteger(count) ? (move(date, count) ?? null) : null
}

const operations: Record<string, Operation> = {
  eq: ([a, b]) => (isUnknown(a) || isUnknown(b) ? null : deepEqual(a, b)),
  ne: ([a, b]) => (isUnknown(a) || isUnknown(b) ? null : !deepEqual(a, b)),
  lt: comparison((c) => c < 0),
  le: comparison((c) => c <= 0),
  gt: comparison((c) => c > 0),
  ge: comparison((c) => c >= 0),
  and: (operands) => (operands.includes(false) ? false : operands.every((o) => o === true) ? true : null),
  or: (operands) => (operands.includes(true) ? true : operands.every((o) => o === false) ? false : null),
  not: ([a]) => (typeof a === 'boolean' ? !a : null),
  empty: ([a]) => isEmpty(a),
  present: ([a]) => !isEmpty(a),
  in: ([value, list]) => (isUnknown(value) || !Array.isArray(list) ? null : list.some((item) => deepEqual(item, value))),
  contains: ([whole, part]) => {
    if (isUnknown(part)) return null
    if (Array.isArray(whole)) return whole.some((item) => deepEqual(item, part))
    return typeof whole === 'string' && whole !== '' && typeof part === 'string' ? whole.includes(part) : null
  },
  overlaps: ([a, b]) => (Array.isArray(a) && Array.isArray(b) ? a.some((item) => b.some((other) => deepEqual(item, other))) : null),
  add_days: shift(addDays),
  add_months: shift(addMonths),
  age: ([birth, on], scope) => ageOn(birth, on === undefined ? scope.today : on),
  count: ([list]) => (isAbsent(list) ? 0 : Array.isArray(list) ? list.length : null),
  length: ([text]) => (typeof text === 'string' && text !== '' ? dinCharacters(text).length : null),
}

interface Tally {
  yes: number
  no: number
  unknown: number
}

/** What the items of a list say together: any, all and count_where of docs/data-formats.md. */
const quantifiers: Record<string, (items: Tally) => Result> = {
  any: ({ yes, unknown }) => (yes > 0 ? true : unknown > 0 ? null : false),
  all: ({ no, unknown }) => (no > 0 ? false : unknown > 0 ? null : true),
  count_where: ({ yes, unknown }) => (unknown > 0 ? null : yes),
}

/** Of how many items the condition is true, false, unknown; undefined if there is no list. */
function tally(list: Result, condition: Expr, scope: Scope): Tally | undefined {
  const items: Tally = { yes: 0, no: 0, unknown: 0 }
  if (isUnknown(list)) return items
  if (!Array.isArray(list)) return undefined
  for (const item of list) {
    const truth = isObject(item) ? evaluate(condition, { ...scope, scopes: [item, ...scope.scopes] }) : null
    items[truth === true ? 'yes' : truth === false ? 'no' : 'unknown']++
  }
  return items
}

/** An absent operand: missing, null or "" (an empty list is a value here). */
function isUnknown(value: Value): boolean {
  return value === undefined || value === null || value === ''
}

/** Value of an expression; null is unknown. An operator that does not exist is unknown. */
export function evaluate(expr: Expr, scope: Scope): Result {
  if (!isObject(expr)) return expr ?? null
  const [name, argument] = Object.entries(expr)[0] ?? []
  if (name === 'field') return typeof argument === 'string' ? lookUp(argument, scope) : null
  if (name === 'today') return scope.today
  if (name === 'channel') return scope.channel
  if (name !== undefined && Object.hasOwn(quantifiers, name)) {
    const [list, condition] = Array.isArray(argument) && argument.length === 2 ? argument : []
    const items = list === undefined ? undefined : tally(evaluate(list, scope), condition, scope)
    return items ? quantifiers[name]!(items) : null
  }
  const operation = name !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined
  const operands = Array.isArray(argument) ? argument : [argument]
  return operation ? operation(operands.map((operand) => evaluate(operand, scope)), scope) : null
}

/** A condition: only true counts, unknown is false. */
export function holds(expr: Expr, scope: Scope): boolean {
  return evaluate(expr, scope) === true
}
