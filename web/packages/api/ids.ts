// Ids of ours: a ULID (48 bits of milliseconds, 80 of randomness) in Crockford's base32, as base/ids.hpp.

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new id, 26 characters. Made by the client, it makes a command idempotent: twice sent, once done. */
export function newId(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))): string {
  let value = BigInt(now)
  for (const byte of random) value = (value << 8n) | BigInt(byte)
  let text = ''
  for (let i = 0; i < 26; i++, value >>= 5n) text = alphabet[Number(value & 31n)] + text
  return text
}
