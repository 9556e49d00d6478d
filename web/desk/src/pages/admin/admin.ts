// Accounts and devices as the server lists them.

export const roles = ['reception', 'clerk', 'koffer_clerk', 'team_lead', 'admin', 'auditor'] as const

export interface User {
  id: string
  login: string
  name: string
  roles: string[]
  state: string
  failed_tries: number
  locked: boolean
  has_pin: number
}

export interface Device {
  id: string
  name: string
  state: 'prepared' | 'active' | 'revoked'
  code_expires_ms: number
  last_contact_ms: number
  certificate_pem: string
}

/** What a name becomes at sign-in: „Jördis Łuczak“ → joerdis.luczak */
export function loginFor(name: string): string {
  return name
    .toLowerCase()
    .replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss').replace(/ł/g, 'l').replace(/ı/g, 'i').replace(/ø/g, 'o').replace(/đ/g, 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/\s+/)
    .map((part) => part.replace(/[^a-z0-9-]/g, ''))
    .filter(Boolean)
    .join('.')
}

// No letters that look alike: a first password is often read out.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A first password: four groups of four letters, about 79 bits. */
export function firstPassword(random = crypto.getRandomValues(new Uint32Array(16))): string {
  return [...random].map((number) => letters[number % letters.length]).join('').replace(/(.{4})(?=.)/g, '$1-')
}

function bytesOf(pem: string): Uint8Array | undefined {
  const body = pem.includes('-----') ? /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/.exec(pem)?.[1] : pem
  try {
    const text = atob((body ?? '').replace(/\s/g, '').replace(/-/g, '+').replace(/_/g, '/'))
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    // Base64 of the PEM itself rather than of the certificate.
    return text.startsWith('-----') ? bytesOf(text) : bytes
  } catch {
    return undefined
  }
}

/** The last day of an X.509 certificate: the second of the two times in its validity (RFC 5280, 4.1.2.5). */
export function certificateUntil(pem: string): string | undefined {
  const bytes = bytesOf(pem)
  if (!bytes) return undefined
  const times: string[] = []
  const length = { 0x17: 13, 0x18: 15 } as Record<number, number>
  for (let i = 0; i + 15 < bytes.length && times.length < 2; i++) {
    const expected = length[bytes[i]!]
    if (expected === undefined || bytes[i + 1] !== expected) continue
    const text = String.fromCharCode(...bytes.subarray(i + 2, i + 2 + expected))
    if (!/^\d+Z$/.test(text)) continue
    const year = expected === 13 ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text.slice(0, 2) : text.slice(0, 4)
    const rest = text.slice(expected === 13 ? 2 : 4)
    times.push(`${year}-${rest.slice(0, 2)}-${rest.slice(2, 4)}`)
    i += expected + 1
  }
  return times[1]
}
