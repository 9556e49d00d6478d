// One value against its field: the first failing check of each type.
import { parseDate, parsePartial, span } from './dates'
import { isObject } from './expression'
import { isDocumentSerial, isHash, isId, isPostcode, isTaxId, isTimestamp } from './identifiers'
import { checkAlphabet, checkText, type Kind } from './text'
import type { Context, Field, Value } from './types'

export interface Finding {
  code: string
  details: Record<string, string | number>
  /** Index of the item that is meant, in lists of plain values. */
  index?: number
}

type Check = (field: Field, value: Value, context: Context) => Finding[]

function finding(code: string, details: Finding['details'] = {}, index?: number): Finding {
  return index === undefined ? { code, details } : { code, details, index }
}

const wrongType = (index?: number) => [finding('field.wrong_type', {}, index)]

export function textKind(field: Field): Kind {
  return field.type === 'person_name' ? 'A' : (field.din ?? 'C')
}

function text(field: Field, value: Value): Finding[] {
  if (typeof value !== 'string') return wrongType()
  const max = field.max ?? (field.type === 'person_name' ? 120 : 4000)
  const problem = checkText(value, textKind(field), max) ?? checkAlphabet(value, field.alphabet)
  return problem ? [problem] : []
}

function bound(limit: string | undefined, today: string): string {
  return limit === 'today' ? today : (limit ?? '')
}

function outOfRange(field: Field, days: [string, string], today: string): boolean {
  const [earliest, latest] = [bound(field.earliest, today), bound(field.latest, today)]
  return (earliest !== '' && days[1] < earliest) || (latest !== '' && days[0] > latest)
}

function date(parse: (text: string) => unknown): Check {
  return (field, value, { today }) => {
    if (typeof value !== 'string') return wrongType()
    const days = parse(value) ? span(value) : undefined
    if (!days) return [finding('field.no_date')]
    if (!outOfRange(field, days, today)) return []
    return [finding('field.date_out_of_range', { earliest: bound(field.earliest, today), latest: bound(field.latest, today) })]
  }
}

function timestamp(_: Field, value: Value): Finding[] {
  if (typeof value !== 'string') return wrongType()
  return isTimestamp(value) && parseDate(value.slice(0, 10)) ? [] : [finding('field.no_date')]
}

function integer(field: Field, value: Value): Finding[] {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrongType()
  const { min, max } = field
  if (!((min !== undefined && value < min) || (max !== undefined && value > max))) return []
  const details: Finding['details'] = {}
  if (min !== undefined) details.min = min
  if (max !== undefined) details.max = max
  return [finding('field.out_of_range', details)]
}

function pattern(code: string, matches: (text: string) => boolean): Check {
  return (_, value) => (typeof value !== 'string' ? wrongType() : matches(value) ? [] : [finding(code)])
}

/** What was typed stays a text until it is a number: "12a" is a house number that cannot be read. */
function houseNo(_: Field, value: Value): Finding[] {
  if (typeof value !== 'number' && typeof value !== 'string') return wrongType()
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 9999 ? [] : [finding('field.house_no')]
}

function isOption(field: Field, value: string): boolean {
  return (field.options ?? []).some((option) => option.value === value)
}

function choice(field: Field, value: Value): Finding[] {
  if (typeof value !== 'string') return wrongType()
  return isOption(field, value) ? [] : [finding('field.no_option')]
}

function code(field: Field, value: Value, context: Context): Finding[] {
  if (typeof value !== 'string') return wrongType()
  const list = field.list ?? ''
  return context.codeLists?.(list, value) === false ? [finding('field.not_in_list', { list })] : []
}

/** Too few or too many items, or nothing. */
export function countItems(field: Field, count: number): Finding[] {
  if (field.min_items !== undefined && count < field.min_items) return [finding('field.too_few', { min: field.min_items })]
  if (field.max_items !== undefined && count > field.max_items) return [finding('field.too_many', { max: field.max_items })]
  return []
}

function several(single: Check): Check {
  return (field, value, context) => {
    if (!Array.isArray(value)) return wrongType()
    const findings = countItems(field, value.length)
    value.forEach((item, index) => {
      const found = single(field, item, context)
      if (found.length > 0) findings.push({ ...found[0]!, index })
      else if (value.indexOf(item) < index) findings.push(finding('field.repeated', {}, index))
    })
    return findings
  }
}

const checks: Record<Exclude<Field['type'], 'group' | 'list'>, Check> = {
  text,
  person_name: text,
  date: date(parseDate),
  partial_date: date(parsePartial),
  timestamp,
  integer,
  boolean: (_, value) => (typeof value === 'boolean' ? [] : wrongType()),
  choice,
  choices: several(choice),
  code,
  codes: several(code),
  id: pattern('field.bad_id', isId),
  hash: pattern('field.bad_hash', isHash),
  tax_id: pattern('field.tax_id', isTaxId),
  document_serial: pattern('field.document_serial', isDocumentSerial),
  postcode: pattern('field.postcode', isPostcode),
  house_no: houseNo,
  object: (_, value) => (isObject(value) ? [] : wrongType()),
  any: () => [],
}

/** Findings of a present value of any type without members of its own. */
export function checkValue(field: Field, value: Value, context: Context): Finding[] {
  const check = checks[field.type as keyof typeof checks]
  return check ? check(field, value, context) : []
}
