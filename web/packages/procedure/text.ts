// Text after DIN 91379: which characters a kind of text may hold, and how long it is.
import { bll, bnl, bnlopt, bnlreq, sequences } from './din91379_table'

export type Kind = 'A' | 'B' | 'C'

const kinds: Record<Kind, Set<string>> = {
  A: new Set(bll + bnlreq),
  B: new Set(bll + bnlreq + bnl),
  C: new Set(bll + bnlreq + bnl + bnlopt + '\t\n\r\u00a0'),
}

/** Sequences by their first code point, longest first. */
const byFirst = new Map<string, string[]>()
for (const sequence of sequences) {
  const first = String.fromCodePoint(sequence.codePointAt(0)!)
  byFirst.set(first, [...(byFirst.get(first) ?? []), sequence].sort((a, b) => b.length - a.length))
}

/** Splits a text into DIN 91379 characters: a listed sequence is one, any other code point one. */
export function dinCharacters(text: string): string[] {
  const result: string[] = []
  for (let at = 0; at < text.length; ) {
    const single = String.fromCodePoint(text.codePointAt(at)!)
    const found = byFirst.get(single)?.find((sequence) => text.startsWith(sequence, at)) ?? single
    result.push(found)
    at += found.length
  }
  return result
}

const invisibleRanges: [number, number][] = [
  [0x00, 0x1f], [0x7f, 0xa0], [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x115f, 0x1160], [0x1680, 0x1680],
  [0x17b4, 0x17b5], [0x180b, 0x180f], [0x2000, 0x200f], [0x2028, 0x202f], [0x205f, 0x206f], 
  [0x3000, 0x3000], [0x3164, 0x3164], [0xfe00, 0xfe0f], [0xfeff, 0xfeff], [0xffa0, 0xffa0], [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a], [0xe0000, 0xe0fff],
]

export function isInvisible(character: string): boolean {
  const code = character.codePointAt(0)!
  return invisibleRanges.some(([first, last]) => code >= first && code <= last)
}

export interface TextProblem {
  code: string
  details: Record<string, string | number>
}

function codePoint(character: string): string {
  return 'U+' + character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
}

/** First reason why a text may not stand in a field of this kind, in the order of docs/data-formats.md. */
export function checkText(text: string, kind: Kind, max: number): TextProblem | undefined {
  const characters = dinCharacters(text)
  const allowed = kinds[kind]
  const at = (index: number) => ({ position: index + 1, code_point: codePoint(characters[index]!) })
  if (text !== text.normalize('NFC')) return { code: 'field.not_nfc', details: {} }
  const refused = characters.findIndex((character) => !allowed.has(character) && !sequenceSet.has(character))
  if (refused >= 0) {
    const code = isInvisible(characters[refused]!) ? 'field.invisible_character' : 'field.letter_not_allowed'
    return { code, details: at(refused) }
  }
  const blank = [0, characters.length - 1].find((index) => ' \t\n\r\u00a0'.includes(characters[index] ?? '.'))
  if (blank !== undefined) return { code: 'field.letter_not_allowed', details: at(blank) }
  if (characters.length > max) return { code: 'field.too_long', details: { max } }
  return undefined
}

/** The first sign that is none of the field's own. */
export function checkAlphabet(text: string, alphabet: string | undefined): TextProblem | undefined {
  const characters = dinCharacters(text)
  const other = alphabet ? characters.findIndex((character) => !alphabet.includes(character)) : -1
  return other < 0 ? undefined : { code: 'field.letter_not_allowed', details: { position: other + 1, code_point: codePoint(characters[other]!) } }
}

const sequenceSet = new Set(sequences)

const plain: Record<string, string> = {
  '\u2018': '\u2019', '\u201a': "'", '\u201b': '\u2019', '\u201c': '"', '\u201d': '"', '\u201e': '"', '\u2013': '-', '\u2014': '-',
  '\u2010': '-', '\u2011': '-', '\u2212': '-', '\u2026': '...', '\u00a0': ' ', '\u202f': ' ', '\u2009': ' ', '\t': ' ',
}

/**
 * What a person meant who typed or pasted this: composed (NFC), without blanks at the ends, with plain quotes and
 * hyphens. Invisible characters are not removed: whoever pasted them is told (Unicode TR 36, 3.5).
 */
export function normaliseText(text: string, kind: Kind): string {
  let result = text.normalize('NFC').replace(/\r\n?/g, '\n')
  result = [...result].map((character) => plain[character] ?? character).join('')
  if (kind !== 'C') result = result.replace(/\n/g, ' ')
  return result.replace(/ {2,}/g, ' ').trim()
}
