// Where the keyboard goes next.
import { tick } from 'svelte'
import { fieldId } from '../field/env'

// The head of an open card is no stop: what is typed belongs to the fields below it.
const inputs = 'input:not([type=hidden], [disabled], [readonly], .kern-sr-only), select:not([disabled]), textarea:not([disabled], [readonly]), button[type=submit], details:not([open]) > summary[data-stop]'

function isVisible(element: HTMLElement): boolean {
  // What lies in something folded has boxes all the same.
  return element.checkVisibility()
}

/** One stop per group of radio buttons: the chosen one, or the first. */
function isStop(element: HTMLElement): boolean {
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true
  const group = [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(element.name)}"]`)]
  return element === (group.find(({ checked }) => checked) ?? group[0])
}

function stops(within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(inputs)].filter((element) => isVisible(element) && isStop(element))
}

export function firstInput(within: ParentNode | null | undefined): HTMLElement | undefined {
  return within ? stops(within)[0] : undefined
}

/** The stop after this element, in the order of the page. */
export function nextInput(within: ParentNode, from: HTMLElement): HTMLElement | undefined {
  return stops(within).find((element) => element !== from && Boolean(from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) && !sameGroup(element, from))
}

function sameGroup(a: HTMLElement, b: HTMLElement): boolean {
  return a instanceof HTMLInputElement && b instanceof HTMLInputElement && a.type === 'radio' && b.type === 'radio' && a.name === b.name
}

/** Focuses the field at a path; for an item of a plain list its field. */
export function focusPath(path: string): void {
  for (let names = path.split('.'); names.length > 0; names = names.slice(0, -1)) {
    const place = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(names.join('.'))}"]`)
    for (let fold = place?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true
    const target = place && (firstInput(place) ?? place.querySelector<HTMLElement>(`#${CSS.escape(fieldId(names.join('.')))}, button`))
    if (target) {
      target.focus()
      target.scrollIntoView({ block: 'center' })
      return
    }
  }
}

/** The first answer that is wrong or missing, once the page says so: after a form was sent in vain. */
export async function focusWrong(form: EventTarget | null | undefined): Promise<void> {
  await tick()
  if (form instanceof HTMLElement) form.querySelector<HTMLElement>('[aria-invalid="true"], .kern-form-check__radio--error')?.focus()
}
