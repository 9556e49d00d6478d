// Numbers with rules of their own: tax id, serials of documents, postcodes, ids of ours.

const digits = '0123456789'

/** § 139b AO: structure and check digit (ISO 7064 mod 11,10). Test numbers begin with 0 and pass. */
export function isTaxId(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false
  const first = text.slice(0, 10)
  const counts = [...digits].map((digit) => first.split(digit).length - 1)
  const repeated = counts.filter((count) => count > 1)
  if (repeated.length !== 1 || repeated[0]! > 3) return false
  if (repeated[0] === 3 && /(\d)\1\1/.test(first)) return false
  let product = 10
  for (const digit of first) {
    const sum = (product + Number(digit)) % 10
    product = (2 * (sum === 0 ? 10 : sum)) % 11
  }
  return (11 - product) % 10 === Number(text[10])
}

/** ICAO 9303 check digit, weights 7, 3, 1. */
export function checkDigit731(text: string): number {
  const value = (c: string) => (c >= '0' && c <= '9' ? Number(c) : c === '<' ? 0 : c.charCodeAt(0) - 55)
  return [...text].reduce((sum, c, i) => sum + value(c) * [7, 3, 1][i % 3]!, 0) % 10
}

/** Serial of a paper of any kind and country, without check digit. */
export function isDocumentSerial(text: string): boolean {
  return /^[0-9A-Z]{1,20}$/.test(text)
}

export function isPostcode(text: string): boolean {
  return /^\d{5}$/.test(text) && text >= '01000'
}

export function isId(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text)
}

export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

export function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/.test(text)
}
