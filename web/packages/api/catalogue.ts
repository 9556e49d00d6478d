// What can be done here and how it is worded: procedures, short code lists, problems.
import type { Blocks, Procedure } from '$procedure'
import { request, type Words } from './http'
import { store } from './store'

export interface Entry {
  code: string
  text: string
  [more: string]: unknown
}

export interface Catalogue {
  problems: Record<string, Words>
  procedures: Procedure[]
  lists: Record<string, Entry[]>
  blocks?: Blocks
}

export const catalogue = store<Catalogue>({ problems: {}, procedures: [], lists: {} })

export async function loadCatalogue(): Promise<Catalogue> {
  const answer = await request('GET', '/api/catalogue')
  const procedures = Array.isArray(answer.procedures) ? answer.procedures : Object.values(answer.procedures ?? {})
  const loaded: Catalogue = { ...answer, procedures, lists: answer.lists ?? {} }
  catalogue.set(loaded)
  return loaded
}

export function procedureById(id: string): Procedure | undefined {
  return catalogue.get().procedures.find((procedure) => procedure.id === id)
}
