// The one WebSocket of a page: what has changed, and how the line is. Reconnects by itself.
import { loadSession, session } from './session'
import { store } from './store'

export interface Change {
  type: string
  id: string
}

/** The state of the line at this place, as the server last told it. */
export interface Line {
  /** none: this place needs no line (the hub), or nothing is being transferred (a Koffer before sign-in). */
  state: 'up' | 'slow' | 'down' | 'none'
  /** Bytes per second, measured. */
  rate?: number
  /** As the Koffer has measured them: there and back, and the share of packets sent again (null: too few to tell). */
  round_trip_ms?: number
  loss?: number | null
  /** What still waits to go up: cases and scans, and about how long that takes. */
  queue?: { cases: number; scans: number; bytes?: number; seconds?: number }
  since?: string
  [more: string]: unknown
}

export const line = store<Line | undefined>(undefined)
/** Whether the page's own connection to its server stands. */
export const connected = store(false)

type Listener = (changed: Change[]) => void

interface Subscription {
  types: string[]
  listener: Listener
}

const subscriptions = new Set<Subscription>()

/**
 * Calls when something of these types has changed (`case`, `tour`, `conflict` …). After a gap in the sequence
 * (the connection was away) it is called with an empty list: load anew.
 */
export function onChanged(types: string | string[], listener: Listener): () => void {
  const subscription = { types: [types].flat(), listener }
  subscriptions.add(subscription)
  return () => subscriptions.delete(subscription)
}

function announce(changed: Change[]): void {
  for (const { types, listener } of [...subscriptions]) {
    const ours = changed.filter(({ type }) => types.includes(type))
    if (changed.length === 0 || ours.length > 0) listener(ours)
  }
}

let sequence: number | undefined

/** Takes one message of the server; exported for the tests. */
export function receive(text: string): void {
  const message = JSON.parse(text)
  if (message.line) line.set(message.line)
  if (typeof message.seq !== 'number') return
  const gap = sequence !== undefined && message.seq > sequence + 1
  if (sequence !== undefined && message.seq <= sequence) return
  sequence = message.seq
  // A message about the line alone says nothing of what changed.
  if (gap) announce([])
  else if (message.changed) announce(message.changed)
}

const firstPause = 500
const longestPause = 30_000

/** Keeps the connection; answers with the function that ends it. */
export function connectEvents(open: (address: string) => WebSocket = (address) => new WebSocket(address)): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = firstPause
  let ended = false
  let before = false

  const connect = () => {
    clearTimeout(timer)
    const { protocol, host } = location
    const after = sequence === undefined ? '' : `?after=${sequence}`
    const current = open(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/events${after}`)
    socket = current
    current.onopen = () => {
      wait = firstPause
      connected.set(true)
      if (before) {
        // The server may have started anew and count from 1: nothing is trusted, everything is loaded again.
        sequence = undefined
        announce([])
      }
      before = true
    }
    current.onmessage = (event) => receive(String(event.data))
    current.onclose = () => {
      if (socket !== current) return
      connected.set(false)
      // Perhaps not the line has gone but the session: ended elsewhere, the account given up.
      if (!ended && before) void loadSession().catch(() => undefined)
      if (!ended) timer = setTimeout(connect, wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, longestPause)
    }
  }
  const again = () => {
    if (!ended && !connected.get()) connect()
  }
  globalThis.addEventListener?.('online', again)
  connect()
  // Who has just signed in anew need not wait for the next attempt.
  let signedIn = session.get()?.signed_in
  const unwatch = session.subscribe((now) => {
    if (now?.signed_in && !signedIn) again()
    signedIn = now?.signed_in
  })
  return () => {
    ended = true
    unwatch()
    clearTimeout(timer)
    globalThis.removeEventListener?.('online', again)
    socket?.close()
    connected.set(false)
  }
}
