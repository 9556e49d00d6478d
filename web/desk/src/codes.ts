// Codes in words: short lists from the catalogue at once, long ones (streets, municipalities, states) by query.
import { catalogue, query } from '$api'
import type { CodeEntry, CodeSource } from '$ui'

const most = 30
const remembered = new Map<string, Promise<CodeEntry[]>>()

/** Lower case without marks: "müller" is found by "muller" and "mueller". */
function plain(text: string): string {
  return text.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '')
}

function rank(entry: CodeEntry, wanted: string): number {
  const words = plain(entry.text)
  if (words.startsWith(wanted) || entry.code.toLowerCase() === wanted) return 0
  return words.split(/[\s,()-]+/).some((word) => word.startsWith(wanted)) ? 1 : words.includes(wanted) ? 2 : 9
}

function filter(entries: CodeEntry[], text: string): CodeEntry[] {
  const wanted = plain(text.trim())
  if (wanted === '') return entries.slice(0, most * 10)
  return entries
    .map((entry) => ({ entry, rank: rank(entry, wanted) }))
    .filter((hit) => hit.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((hit) => hit.entry)
}

function ask(list: string, text: string): Promise<CodeEntry[]> {
  const key = `${list}\n${text}`
  const known = remembered.get(key)
  if (known) return known
  const asked = query('reference.search', { list, text, limit: most }).then((answer) => answer.entries as CodeEntry[])
  asked.catch(() => remembered.delete(key))
  if (remembered.size > 500) remembered.clear()
  remembered.set(key, asked)
  return asked
}

export const codes: CodeSource = {
  search(list, text) {
    const entries = catalogue.get().lists[list]
    return entries ? filter(entries, text) : ask(list, text.trim())
  },
  text(list, code) {
    const entries = catalogue.get().lists[list]
    if (entries) return entries.find((entry) => entry.code === code)?.text
    return ask(list, code).then((found) => found.find((entry) => entry.code === code)?.text, () => undefined)
  },
}

/** An office by its name, as the server's letters have it: "BZSt" → Bundeszentralamt für Steuern; one named by the key of its place or society: "Meldebehörde 99001002" → Meldebehörde Musterstedt. */
export async function officeText(recipient: string): Promise<string> {
  const [, kind, key] = /^(.*\S) (\d{5}|\d{8}|[a-z]{2})$/.exec(recipient) ?? []
  if (!kind || !key) return (await codes.text('office', recipient)) ?? recipient
  const society = key.length === 2 && (await codes.text('religion', key))
  if (society) return `${kind} (${society})`
  const place = (key.length === 5 && (await codes.text('county', key))) || (await codes.text('municipality', key.padEnd(8, '0')))
  return place ? `${kind} ${place}` : recipient
}

/** For validation: in the list, not in it, or (a list that is not at hand) unknown. */
export function isCode(list: string, code: string): boolean | undefined {
  return catalogue.get().lists[list]?.some((entry) => entry.code === code)
}
