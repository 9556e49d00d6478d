// Keys of a page: declared once, bound and listed under `?`.
import { onDestroy, untrack } from 'svelte'

export interface Shortcut {
  /** As it is shown and matched: "/", "n", "Alt+ArrowDown", "Strg+Enter". */
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Holds everywhere, not only on this page. */
  everywhere?: boolean
  /** Works while typing too (only for combinations with Alt or Strg). */
  typing?: boolean
}

// The truth is the plain list: an effect's cleanup would read the state as it was before the change, and what
// another component added in the same moment would be lost.
let all: Shortcut[] = []
let list = $state.raw<Shortcut[]>([])

function set(next: Shortcut[]): void {
  all = next
  list = next
}

export function allShortcuts(): Shortcut[] {
  return list
}

/** Adds keys; answers with the function that takes them away. */
export function addShortcuts(more: Shortcut[]): () => void {
  // Called from effects, which must not depend on what they themselves change.
  untrack(() => set([...all, ...more]))
  return () => untrack(() => set(all.filter((shortcut) => !more.includes(shortcut))))
}

/** Keys for as long as the component lives. */
export function useShortcuts(more: Shortcut[]): void {
  onDestroy(addShortcuts(more))
}

/** What is being filled in wants its letters for itself: every control, and all of a form but what says that it has keys of its own (data-keys). */
function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : undefined
  return element !== undefined && (element.isContentEditable || element.matches('input, textarea, select') || element.closest('form, [data-keys]')?.matches('form') === true)
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+')
  const key = parts.pop() || '+'
  const wanted = (name: string) => parts.includes(name)
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    event.altKey === wanted('Alt') &&
    (event.ctrlKey || event.metaKey) === wanted('Strg') &&
    (key.length === 1 || event.shiftKey === wanted('Umschalt'))
  )
}

/** Runs the shortcut for a key press; the page that came last wins. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal')) return
  const typing = isTyping(event.target)
  const found = all.findLast((shortcut) => (!typing || shortcut.typing) && matches(shortcut.keys, event))
  if (!found) return
  event.preventDefault()
  found.run(event)
}

const names: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Enter: 'Eingabe', Escape: 'Esc' }

/** The single keys of a combination, as they stand on a German keyboard. */
export function keyNames(keys: string): string[] {
  return keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
