// Who is signed in here, and signing in, locking, unlocking, signing out.
import { beginSession, onProblem, request, sameSession } from './http'
import { store } from './store'

export interface StaffMember {
  id: string
  name: string
  login?: string
}

/** The tour a Koffer holds. */
export interface LoadedTour {
  id: string
  site: string
  day: string
  tenant: string
  accent?: string
  /** From then on the working set cannot be opened any more. */
  expires_at: string
  /** By the Koffer's clock: its keys are destroyed, only sealed work is left. */
  expired?: boolean
}

/** What the sign-in page needs to know before anybody is signed in. */
export interface Choices {
  ways?: string[]
  /** At the hub: the authorities one can sign in to. */
  tenants?: { id: string; name: string; accent?: string }[]
  /** At a Koffer: whether IT has set it up. */
  enrolled?: boolean
  device?: { id: string; name: string; tenant: string }
  /** At a Koffer with a tour: who may sign in with a PIN. */
  staff?: StaffMember[]
  tour?: LoadedTour
}

export interface Session {
  signed_in: boolean
  place: 'hub' | 'koffer'
  /** Only when signed in. */
  locked?: boolean
  user?: { id: string; name: string; login?: string; permissions: string[] }
  tenant?: { id?: string; name: string; ags?: string; accent?: string; functions: string[] }
  choices?: Choices
  [more: string]: unknown
}

/** undefined until the server has been asked once. */
export const session = store<Session | undefined>(undefined)

/**
 * A session that ended by itself (too long ago, the server started anew) leaves who it was: the page behind the gate
 * stays as it is, with all that was typed. Not so when a Koffer's tour is gone.
 */
function keep(answer: Session): Session {
  const before = session.get()
  const ended = !answer.signed_in && before?.user && (answer.place !== 'koffer' || answer.choices?.tour)
  const next = ended ? { ...answer, user: before.user, ...(before.tenant ? { tenant: before.tenant } : {}) } : answer
  session.set(next)
  return next
}

export async function loadSession(): Promise<Session> {
  const current = sameSession()
  const answer = await request('GET', '/api/session')
  // Overtaken by a sign-in: that one knows better.
  return current() ? keep(answer) : (session.get() ?? answer)
}

/** Signs in; the answer is the new session. */
async function enter(path: string, body: unknown): Promise<Session> {
  const answer = await request('POST', path, { body })
  beginSession()
  return keep(answer)
}

export const signInPassword = (tenant: string, user: string, password: string) => enter('/api/session/password', { tenant, user, password })
/** `user`: id of one of the tour's staff. */
export const signInPin = (user: string, pin: string) => enter('/api/session/pin', { user, pin })

interface CredentialsJson {
  parseRequestOptionsFromJSON(options: unknown): PublicKeyCredentialRequestOptions
  parseCreationOptionsFromJSON(options: unknown): PublicKeyCredentialCreationOptions
}
const credentials = () => PublicKeyCredential as unknown as CredentialsJson
const asJson = (credential: Credential | null) => (credential as unknown as { toJSON(): unknown }).toJSON()

/** Whether this browser can use passkeys at all. */
export function passkeysPossible(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

export async function signInPasskey(tenant: string): Promise<Session> {
  const { id, options } = await request('POST', '/api/session/passkey/options', { body: { tenant } })
  const publicKey = credentials().parseRequestOptionsFromJSON(options.publicKey ?? options)
  return enter('/api/session/passkey', { tenant, id, credential: asJson(await navigator.credentials.get({ publicKey })) })
}

/** Adds a passkey of this device to the account that is signed in. */
export async function registerPasskey(name: string): Promise<void> {
  const { id, options } = await request('POST', '/api/session/passkey/register/options', { body: {} })
  const publicKey = credentials().parseCreationOptionsFromJSON(options.publicKey ?? options)
  await request('POST', '/api/session/passkey/register', { body: { id, credential: asJson(await navigator.credentials.create({ publicKey })), name } })
}

/** Sets one's own password (at the hub). */
export const setOwnPassword = (password: string): Promise<void> => request('POST', '/api/session/set_password', { body: { password } })
/** Sets one's own PIN for the Koffer (at the hub). */
export const setOwnPin = (pin: string): Promise<void> => request('POST', '/api/session/set_pin', { body: { pin } })

/** Locks at the server; the desk covers itself at once, whatever the line does. */
export async function lock(): Promise<void> {
  const current = session.get()
  if (!current?.signed_in || current.locked) return
  keep({ ...current, locked: true })
  await request('POST', '/api/session/lock', { body: {} }).catch(() => undefined)
}

export async function unlock(secret: { password: string } | { pin: string }): Promise<Session> {
  return enter('/api/session/unlock', secret)
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/api/session')
  beginSession()
  const current = session.get()
  if (current) session.set({ signed_in: false, place: current.place, ...(current.choices ? { choices: current.choices } : {}) })
  await loadSession().catch(() => undefined)
}

export function may(permission: string | undefined): boolean {
  return !permission || (session.get()?.user?.permissions.includes(permission) ?? false)
}

onProblem((problem) => {
  const current = session.get()
  if (!current?.signed_in) return
  if (problem.code === 'session_locked') keep({ ...current, locked: true })
  else if (problem.status === 401 && !current.locked) keep({ ...current, signed_in: false })
})
