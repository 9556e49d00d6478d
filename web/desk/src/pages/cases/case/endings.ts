// The four dialogs that put a case to wait or end it otherwise than by a booking: their fields are data, as the procedure says.
import type { Field, Procedure } from '$procedure'
import { t } from '$ui'
import { awaitedText } from '../status'

export type Ending = 'wait' | 'not_competent' | 'hear' | 'refuse'
export interface Ground {
  value: string
  de: string
}
interface Endings {
  not_competent?: { office: { de: string }; hint: { de: string } }
  refused?: { hint: { de: string }; grounds: Ground[] }
}

export const commands = { wait: 'case.wait', not_competent: 'case.end_not_competent', hear: 'case.hear', refuse: 'case.refuse' } as const

const endingsOf = (procedure: Procedure | undefined) => (procedure?.endings ?? {}) as Endings
const waitsOf = (procedure: Procedure | undefined) => (procedure?.waits_for ?? []) as string[]
export const groundsOf = (procedure: Procedure | undefined): Ground[] => endingsOf(procedure).refused?.grounds ?? []

/** Whether the procedure knows this ending. */
export function knows(procedure: Procedure | undefined, ending: Ending): boolean {
  if (ending === 'wait') return waitsOf(procedure).length > 0
  return ending === 'not_competent' ? endingsOf(procedure).not_competent !== undefined : groundsOf(procedure).length > 0
}

/** What the procedure wants people to think of first. */
export function hintOf(procedure: Procedure | undefined, ending: Ending): string {
  const { not_competent, refused } = endingsOf(procedure)
  return (ending === 'not_competent' ? not_competent?.hint.de : ending === 'wait' ? undefined : refused?.hint.de) ?? ''
}

const text = (name: string, label: string, max: number, more: Partial<Field> = {}): Field => ({ name, type: 'text', max, required: true, label: { de: t(label) }, ...more })
const choice = (name: string, label: string, options: Ground[]): Field => ({ name, type: 'choice', required: true, label: { de: t(label) }, options: options.map(({ value, de }) => ({ value, label: { de } })) })
const day = (name: string, label: string): Field => ({ name, type: 'date', required: true, earliest: 'today', label: { de: t(label) } })

export function fieldsOf(procedure: Procedure | undefined, ending: Ending): Field[] {
  switch (ending) {
    case 'wait':
      return [choice('for', 'wait.for', waitsOf(procedure).map((value) => ({ value, de: awaitedText(value) }))), day('until', 'wait.until'), text('note', 'wait.note', 500)]
    case 'not_competent':
      return [{ name: 'municipality', type: 'code', list: 'municipality', required: true, label: { de: t('not_competent.municipality', { office: endingsOf(procedure).not_competent?.office.de ?? '' }) } },
        text('address', 'not_competent.address', 200, { required: false, din: 'B' }), text('reason', 'not_competent.reason', 500)]
    case 'hear':
      return [choice('ground', 'hear.ground', groundsOf(procedure)), text('reasons', 'hear.reasons', 4000), day('answer_by', 'hear.answer_by')]
    case 'refuse':
      return [text('reasons', 'refuse.reasons', 4000)]
  }
}
