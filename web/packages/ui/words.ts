// Words by key, from files of words/<language>.json; problems are worded by the catalogue.
import type { Answer, Value } from '$procedure'
import { valueText } from './format'

export type Params = Record<string, string | number | undefined>

let table: Record<string, string> = {}
let problems: Record<string, { de: string; do: string }> = {}

/** Adds words; later ones win. */
export function addWords(...tables: Record<string, string>[]): void {
  table = Object.assign({ ...table }, ...tables)
}

export function setProblems(words: Record<string, { de: string; do: string }>): void {
  problems = words
}

/** Fills `{name}`, and `{n|Vorgang|Vorgänge}` by whether n is 1. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = params[name]
    if (one !== undefined) return Number(value) === 1 ? one : many!
    return value === undefined ? (whole === text ? whole : '') : String(value)
  })
}

/** The words for a key; an unknown key shows itself, so that it is noticed. */
export function t(key: string, params: Params = {}): string {
  return fill(table[key] ?? key, params)
}

export interface Worded {
  /** What is the matter. */
  de: string
  /** What to do about it. */
  do: string
}

/** Words of a problem code; details and more fill the braces. */
export function wordProblem(code: string, details: Record<string, unknown> = {}): Worded {
  const words = problems[code] ?? { de: t('problem.unknown'), do: t('problem.unknown.do', { code }) }
  const params: Params = {}
  for (const [name, value] of Object.entries(details)) params[name] = valueText(value as Value)
  const tidy = (text: string) => fill(text, params).replace(/ {2,}/g, ' ').trim()
  return { de: tidy(words.de), do: tidy(words.do) }
}

/** An answer of a validation in words, with the value it is about. */
export function wordAnswer(answer: Answer, value?: Value, label?: string): Worded {
  const known = value === undefined || value === null || typeof value === 'object' ? {} : { value }
  return wordProblem(answer.code, { ...known, ...(label ? { label } : {}), ...answer.details })
}
