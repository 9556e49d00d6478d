// Accounts and devices as the server lists them.
import declared from '../../../../../src/kernel/roles.json'

/** A role as role.list names it. */
export interface Role {
  id: string
  title: { de: string }
}

const excluded = (id: string): string[] => (declared as Record<string, { not_with?: string[] }>)[id]?.not_with ?? []

/** One of the chosen roles that no account has beside this one (`not_with` of the program's own list). */
export const roleAgainst = (id: string, chosen: string[]): string | undefined => chosen.find((one) => excluded(one).includes(id) || excluded(id).includes(one))

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
  /** Last day of its certificate; empty before it is enrolled. */
  certificate_until: string | null
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
