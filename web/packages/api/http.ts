// One request to our own server: JSON both ways, problems as values that can be thrown and worded.
import type { Answer } from '$procedure'

export interface Words {
  de: string
  do: string
}

/** A refusal, by the server or on the way to it (codes `client.*`). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly words: Words,
    readonly details: Record<string, any> = {},
    readonly fields: Answer[] = [],
  ) {
    super(code)
    this.name = 'Problem'
  }
}

const unreachable: Words = {
  de: 'Der Server antwortet gerade nicht.',
  do: 'Ihre Eingaben bleiben stehen. Versuchen Sie es in einem Augenblick noch einmal.',
}
const unreadable: Words = {
  de: 'Der Server hat anders geantwortet als erwartet.',
  do: 'Versuchen Sie es noch einmal. Kommt der Hinweis wieder, verständigen Sie die IT.',
}
const outdated: Words = {
  de: 'Inzwischen hat sich jemand neu an- oder abgemeldet.',
  do: 'Versuchen Sie es noch einmal.',
}

const listeners = new Set<(problem: Problem) => void>()

/** Called for every problem, before it is thrown: the session notices here that it has ended. */
export function onProblem(listener: (problem: Problem) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function refuse(problem: Problem): never {
  for (const listener of listeners) listener(problem)
  throw problem
}

let sessions = 0

/** Someone has signed in or out: answers to what was asked before say nothing about the session any more. */
export function beginSession(): void {
  sessions += 1
}

/** Whether nobody has signed in or out since the moment of this call. */
export function sameSession(): () => boolean {
  const then = sessions
  return () => then === sessions
}

/** Reads an answer of ours; throws its Problem if it is one. */
export function readAnswer(status: number, text: string): any {
  let body: any
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    body = undefined
  }
  if (status >= 200 && status < 300 && body !== undefined) return body
  if (!body?.code) return refuse(new Problem('client.unreadable', status, unreadable))
  return refuse(new Problem(body.code, status, body.words ?? unreadable, body.details ?? {}, body.fields ?? []))
}

export function noAnswer(): never {
  return refuse(new Problem('client.unreachable', 0, unreachable))
}

export interface RequestOptions {
  body?: unknown
  /** Milliseconds until the attempt is given up (default 30 s). */
  timeout?: number
  signal?: AbortSignal
}

/** A request to our own server; throws Problem. The header keeps other sites from sending it (CSRF). */
export async function request(method: string, path: string, { body, timeout = 30_000, signal }: RequestOptions = {}): Promise<any> {
  const headers: Record<string, string> = { 'X-Wanderamt': '1', Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const limit = AbortSignal.timeout(timeout)
  const options: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store', signal: signal ? AbortSignal.any([signal, limit]) : limit }
  if (body !== undefined) options.body = JSON.stringify(body)
  const current = sameSession()
  let response: Response, text: string
  try {
    response = await fetch(path, options)
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    return noAnswer()
  }
  if (response.status === 401 && !current()) throw new Problem('client.outdated', 401, outdated)
  return readAnswer(response.status, text)
}
