// Where values were put in by the program: kept with the draft, so that the marks outlive a reload.
import { deepEqual, isObject, type Value, type Values } from '$procedure'
import { valueAtPath } from './labels'

/** `proposed` from another item, to be asked; `received` from the former municipality and accepted. */
export interface Source {
  from: 'proposed' | 'received'
  value: Value
}
/** By path. */
export type Sources = Record<string, Source>

const key = '$sources'

/** A draft as it is kept: the form and where its values came from. */
export function joinDraft(form: Values, sources: Sources): Values {
  return Object.keys(sources).length > 0 ? { ...form, [key]: sources as unknown as Value } : form
}

/** The other way round. */
export function splitDraft(draft: Values): { form: Values; sources: Sources } {
  const { [key]: kept, ...form } = draft
  return { form, sources: isObject(kept) ? (kept as unknown as Sources) : {} }
}

/** Paths whose values are still what was put in. */
export function untouched(values: Values, sources: Sources): [string, Source][] {
  return Object.entries(sources).filter(([path, { value }]) => deepEqual(valueAtPath(values, path), value))
}
