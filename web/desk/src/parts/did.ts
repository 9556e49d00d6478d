// What a journal entry's name means, in words.
import { addWords, t } from '$ui/words'
import words from './did.de.json'

addWords(words)

/** Refusals at the door carry the route instead of a step. */
const doors: [RegExp, string][] = [
  [/^letter\./, 'letter'], [/\/api\/session/, 'session'], [/\/api\/documents/, 'documents'], [/\/api\/users/, 'users'], [/\/api\/devices/, 'devices'], [/\/api\/koffer/, 'koffer'], [/\/api\/records/, 'records'],
]

/** "Vorgang begonnen" for `case.open`; what has no words of its own is called by its kind, never by its name. */
export function didText(name: string): string {
  const own = t(`did.${name}`)
  if (own !== `did.${name}`) return own
  return t(`did.door.${doors.find(([pattern]) => pattern.test(name))?.[1] ?? 'other'}`)
}
