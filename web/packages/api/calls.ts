// Commands and queries by name, with the types generated from api.json.
import type { Commands, Queries } from './generated'
import { Problem, request, type Words } from './http'
import { newId } from './ids'

/** Where the result is for certain: kept here, at the hub, or final. */
export type Certainty = 'here' | 'hub' | 'final'

export interface Done<A> {
  answer: A
  certainty: Certainty
  /** Done as a conflict: both values are kept, a clerk decides. What people are told. */
  conflict?: Words
  /** The command's id, also the id of what `*.open` and `*.add` created. */
  id: string
}

const pauses = [300, 1500, 4000]
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))

export interface CommandOptions {
  /** An id made beforehand; sending the same one again does nothing twice. */
  id?: string
}

/** Sends a command. If the answer gets lost on the way it is sent again under the same id. */
export async function command<N extends keyof Commands>(
  name: N,
  payload: Commands[N]['payload'],
  options: CommandOptions = {},
): Promise<Done<Commands[N]['answer']>> {
  const id = options.id ?? newId()
  for (let attempt = 0; ; attempt++) {
    try {
      const { answer, certainty, conflict } = await request('POST', `/api/commands/${name}`, { body: { id, payload } })
      return { answer, certainty, id, ...(conflict ? { conflict } : {}) }
    } catch (error) {
      const lost = error instanceof Problem && error.code === 'client.unreachable'
      if (!lost || attempt >= pauses.length) throw error
      await pause(pauses[attempt]!)
    }
  }
}

type PersonalReason<N extends keyof Queries> = Queries[N]['personal'] extends true ? [reason: string] : [reason?: string]

/** Asks a query. Reads of personal data are journalled with the reason given (a case id or a word for it). */
export async function query<N extends keyof Queries>(
  name: N,
  params: Queries[N]['params'],
  ...[reason]: PersonalReason<N>
): Promise<Queries[N]['answer']> {
  const { answer } = await request('POST', `/api/queries/${name}`, { body: { params, reason: reason ?? '' } })
  return answer
}
