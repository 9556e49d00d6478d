// The tables that this engine and the C++ one (src/kernel/procedure) are both tested against.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluate, validate, validateFields, type Answer, type Context, type Field, type Procedure, type Value, type Values } from './index'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../tests/vectors/${name}`, import.meta.url), 'utf8'))

interface Row {
  name: string
  field: Field
  value?: Value
  form?: Values
  problem: string
  path?: string
  details?: Record<string, Value>
}

interface Form {
  name: string
  fields?: Field[]
  procedure?: Procedure
  values: Values
  answers: Partial<Answer>[]
}

const table: { lists: Record<string, string[]>; today: string; channel: Context['channel']; rows: Row[]; forms: Form[] } = read('fields.json')

// The shared blocks, as the catalogue brings them.
const blockFolder = new URL('../../../src/kernel/procedure/blocks/', import.meta.url)
const blockFields = (file: string): Field[] => JSON.parse(readFileSync(new URL(file, blockFolder), 'utf8')).fields
const blocks = Object.fromEntries(readdirSync(blockFolder).map((file) => [file.replace('.json', ''), { fields: blockFields(file) }]))

const context: Context = {
  blocks,
  today: table.today,
  channel: table.channel,
  codeLists: (list, code) => table.lists[list]?.includes(code),
}

describe('fields.json', () => {
  it.each(table.rows)('$name', (row) => {
    const others = Object.keys(row.form ?? {}).map((name): Field => ({ name, type: 'any' }))
    const values: Values = { ...row.form }
    if (Object.hasOwn(row, 'value')) values[row.field.name] = row.value
    const answers = validateFields([row.field, ...others], values, context)
    if (row.problem === '') return expect(answers).toEqual([])
    expect(answers).toHaveLength(1)
    expect(answers[0]).toMatchObject({ path: row.path ?? row.field.name, code: row.problem, severity: 'error', details: row.details ?? {} })
  })

  it.each(table.forms)('$name', (form) => {
    const answers = form.procedure ? validate(form.procedure, form.values, context) : validateFields(form.fields!, form.values, context)
    expect(answers.map(({ path, code }) => `${path} ${code}`)).toEqual(form.answers.map(({ path, code }) => `${path} ${code}`))
    expect(answers).toMatchObject(form.answers)
  })
})

interface ExpressionRow {
  name: string
  expr: Value
  values: Values
  item?: Values
  today: string
  channel: string
  result: Value
}

describe('expressions.json', () => {
  const { rows }: { rows: ExpressionRow[] } = read('expressions.json')
  it.each(rows)('$name', ({ expr, values, item, today, channel, result }) => {
    expect(evaluate(expr, { scopes: item ? [item, values] : [values], today, channel })).toEqual(result)
  })
})
