// Who is signed in here, and signing in, locking, unlocking, signing out.
import { onProblem, request } from './http'
import { store } from './store'

export interface Session {
  signed_in: boolean
  place: 'hub' | 'koffer'
  locked: boolean
  user?: { id: string; name: string; roles: string[]; permissions: string[] }
  tenant?: { name: string; accent?: string; functions: string[] }
  /** At a Koffer: who may sign in with a PIN. */
  staff?: { id: string; name: string }[]
  [more: string]: unknown
}

/** undefined until the server has been asked once. */
export const session = store<Session | undefined>(undefined)

function keep(answer: Session): Session {
  session.set(answer)
  return answer
}

export async function loadSession(): Promise<Session> {
  return keep(await request('GET', '/api/session'))
}

async function enter(path: string, body: unknown): Promise<Session> {
  await request('POST', path, { body })
  return loadSession()
}

export const signInPassword = (user: string, password: string) => enter('/api/session/password', { user, password })
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

export async function signInPasskey(user?: string): Promise<Session> {
  const options = await request('POST', '/api/session/passkey/options', { body: user ? { user } : {} })
  const publicKey = credentials().parseRequestOptionsFromJSON(options.publicKey ?? options)
  return enter('/api/session/passkey', asJson(await navigator.credentials.get({ publicKey })))
}

/** Adds a passkey of this device to the account that is signed in. */
export async function registerPasskey(name: string): Promise<void> {
  const options = await request('POST', '/api/session/passkey/register/options', { body: { name } })
  const publicKey = credentials().parseCreationOptionsFromJSON(options.publicKey ?? options)
  const credential = asJson(await navigator.credentials.create({ publicKey })) as object
  await request('POST', '/api/session/passkey/register', { body: { ...credential, name } })
}

/** Locks at the server; the desk covers itself at once, whatever the line does. */
export async function lock(): Promise<void> {
  const current = session.get()
  if (!current?.signed_in || current.locked) return
  keep({ ...current, locked: true })
  await request('POST', '/api/session/lock', { body: {} }).catch(() => undefined)
}

export async function unlock(secret: { password: string } | { pin: string }): Promise<Session> {
  await request('POST', '/api/session/unlock', { body: secret })
  return loadSession()
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/api/session')
  const current = session.get()
  if (current) keep({ signed_in: false, locked: false, place: current.place, ...(current.staff ? { staff: current.staff } : {}) })
  await loadSession().catch(() => undefined)
}

export function may(permission: string | undefined): boolean {
  return !permission || (session.get()?.user?.permissions.includes(permission) ?? false)
}

onProblem((problem) => {
  const current = session.get()
  if (!current?.signed_in) return
  if (problem.code === 'session.locked') keep({ ...current, locked: true })
  else if (problem.status === 401 && !current.locked) keep({ ...current, signed_in: false })
})
