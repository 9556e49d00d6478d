import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { command, query, session, loadSession, lock, signInPassword, signOut, may, Problem, newId, onChanged, line } from './index'
import { connectEvents, connected, receive } from './events'
import { isId } from '../procedure'

interface Call {
  method: string
  path: string
  headers: Record<string, string>
  body: any
}

let calls: Call[]
let answers: (() => Response | Promise<Response>)[]
const json = (status: number, body: unknown) => () => new Response(JSON.stringify(body), { status })
const lost = () => () => {
  throw new TypeError('network')
}

beforeEach(() => {
  calls = []
  answers = []
  session.set(undefined)
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push({ method: init.method!, path, headers: init.headers as Record<string, string>, body: init.body && JSON.parse(String(init.body)) })
    return answers.shift()!()
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('ids', () => {
  it('are ours and sort by time', () => {
    expect(isId(newId())).toBe(true)
    expect(newId(1000) < newId(2000)).toBe(true)
    expect(newId(0, new Uint8Array(10))).toBe('0'.repeat(26))
    expect(newId(2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('7' + 'Z'.repeat(25))
  })
})

describe('command', () => {
  it('sends id and payload with the header against other sites', async () => {
    answers = [json(200, { answer: { number: 'A-1' }, certainty: 'here' })]
    const done = await command('case.issue_receipt', { case_id: newId() })
    expect(done).toMatchObject({ answer: { number: 'A-1' }, certainty: 'here', id: calls[0]!.body.id })
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/api/commands/case.issue_receipt', headers: { 'X-Wanderamt': '1' } })
    expect(isId(calls[0]!.body.id)).toBe(true)
  })

  it('is sent again under the same id when the answer gets lost', async () => {
    answers = [lost(), lost(), json(200, { answer: {}, certainty: 'hub' })]
    const sent = command('case.withdraw', { case_id: newId(), reason: 'so' })
    await vi.runAllTimersAsync()
    const done = await sent
    expect(done.certainty).toBe('hub')
    expect(new Set(calls.map((call) => call.body.id)).size).toBe(1)
    expect(calls).toHaveLength(3)
  })

  it('gives up with a problem that says what to do', async () => {
    answers = [lost(), lost(), lost(), lost()]
    const sent = command('case.withdraw', { case_id: newId(), reason: 'so' }).catch((error) => error)
    await vi.runAllTimersAsync()
    const problem = await sent
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ code: 'client.unreachable', status: 0 })
    expect(problem.words.do).not.toBe('')
  })

  it('throws the problem of the server and does not repeat it', async () => {
    const fields = [{ path: 'a', code: 'field.required', details: {}, severity: 'error' }]
    answers = [json(422, { code: 'case.not_valid', details: { n: 1 }, words: { de: 'x', do: 'y' }, fields })]
    const problem = await command('case.withdraw', { case_id: newId(), reason: '' }).catch((error) => error)
    expect(problem).toMatchObject({ code: 'case.not_valid', status: 422, words: { de: 'x', do: 'y' }, fields, details: { n: 1 } })
    expect(calls).toHaveLength(1)
  })

  it('calls an answer that is no JSON by its name', async () => {
    answers = [() => new Response('<h1>proxy</h1>', { status: 502 })]
    await expect(command('case.withdraw', { case_id: newId(), reason: '' })).rejects.toMatchObject({ code: 'client.unreadable', status: 502 })
  })
})

describe('query', () => {
  it('sends the reason', async () => {
    answers = [json(200, { answer: { hits: [], too_many: false, scope: 'tour' } })]
    const answer = await query('person.search', { text: 'Mayer' }, 'Anmeldung')
    expect(answer.scope).toBe('tour')
    expect(calls[0]!.body).toEqual({ params: { text: 'Mayer' }, reason: 'Anmeldung' })
  })
})

describe('session', () => {
  const signedIn = { signed_in: true, place: 'hub', locked: false, user: { id: '1', name: 'A', roles: [], permissions: ['case.read'] } }

  it('knows what one may', async () => {
    answers = [json(200, signedIn)]
    await loadSession()
    expect([may('case.read'), may('case.write'), may(undefined)]).toEqual([true, false, true])
  })

  it('locks at once, even without a line', async () => {
    answers = [json(200, signedIn), lost()]
    await loadSession()
    await lock()
    expect(session.get()?.locked).toBe(true)
  })

  it('notices that the server has locked or ended it', async () => {
    answers = [json(200, signedIn), json(401, { code: 'session_locked', words: { de: '', do: '' } })]
    await loadSession()
    await query('case.list', {}).catch(() => undefined)
    expect(session.get()?.locked).toBe(true)
    answers = [json(200, signedIn), json(401, { code: 'session.none', words: { de: '', do: '' } })]
    await loadSession()
    await query('case.list', {}).catch(() => undefined)
    expect(session.get()?.signed_in).toBe(false)
  })

  it('is not ended by an answer that a sign-in has overtaken', async () => {
    const late = { load: () => {}, query: () => {} }
    answers = [json(200, signedIn), () => new Promise((done) => (late.load = () => done(json(200, { signed_in: false, place: 'hub' })()))),
      () => new Promise((done) => (late.query = () => done(json(401, { code: 'session.none', words: { de: '', do: '' } })()))), json(200, signedIn)]
    await loadSession()
    const loading = loadSession()
    const asking = query('case.list', {}).catch((error) => error)
    await signInPassword('1', 'a', 'b')
    late.load()
    late.query()
    await loading
    expect(await asking).toMatchObject({ code: 'client.outdated' })
    expect(session.get()?.signed_in).toBe(true)
  })

  it('forgets the user on sign-out', async () => {
    answers = [json(200, signedIn), json(200, {}), json(200, { signed_in: false, place: 'hub' })]
    await loadSession()
    await signOut()
    expect(session.get()).toEqual({ signed_in: false, place: 'hub' })
  })
})

describe('events', () => {
  class Socket {
    static all: Socket[] = []
    onopen = () => {}
    onclose = () => {}
    onmessage = (_: { data: string }) => {}
    constructor(readonly address: string) {
      Socket.all.push(this)
    }
    close() {
      this.onclose()
    }
  }

  it('tells changes by type, asks for a reload after a gap, reconnects', async () => {
    vi.stubGlobal('location', { protocol: 'https:', host: 'amt.example' })
    const heard: unknown[] = []
    const stop = onChanged('case', (changed) => heard.push(changed.map(({ id }) => id)))
    const end = connectEvents((address) => new Socket(address) as unknown as WebSocket)
    const first = Socket.all[0]!
    expect(first.address).toBe('wss://amt.example/api/events')
    first.onopen()
    expect(connected.get()).toBe(true)
    first.onmessage({ data: JSON.stringify({ seq: 1, changed: [{ type: 'case', id: 'a' }, { type: 'tour', id: 't' }] }) })
    first.onmessage({ data: JSON.stringify({ seq: 2, changed: [{ type: 'tour', id: 't' }] }) })
    first.onmessage({ data: JSON.stringify({ seq: 2, changed: [{ type: 'case', id: 'again' }] }) })
    first.onmessage({ data: JSON.stringify({ seq: 5, changed: [{ type: 'tour', id: 't' }] }) })
    first.onmessage({ data: JSON.stringify({ line: { state: 'slow', rate: 64000 } }) })
    expect(heard).toEqual([['a'], []])
    expect(line.get()).toMatchObject({ state: 'slow' })
    first.onclose()
    expect(connected.get()).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    const second = Socket.all[1]!
    expect(second.address).toBe('wss://amt.example/api/events?after=5')
    second.onopen()
    expect(heard).toEqual([['a'], [], []])
    end()
    stop()
    receive(JSON.stringify({ seq: 1, changed: [{ type: 'case', id: 'b' }] }))
    expect(heard).toHaveLength(3)
  })
})
