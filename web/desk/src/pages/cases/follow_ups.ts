// What people forget when they move: offered after the booking (step 9 of the handbook's P01).
import type { Procedure } from '$procedure'

export interface FollowUp {
  text: string
  /** What is already on the list of tasks here, to be given an appointment; the rest is done elsewhere. */
  task?: string
}

/** Of the procedure's list what concerns these people: what is our own task only when it was put. */
export function followUpsOf(procedure: Procedure | undefined, tasks: { id: string; kind: string; state: string }[]): FollowUp[] {
  return (procedure?.follow_ups ?? []).flatMap(({ de, task }) => {
    if (!task) return [{ text: de }]
    const put = tasks.find(({ kind, state }) => kind === task && (state === 'open' || state === 'scheduled'))
    return put ? [{ text: de, task: put.id }] : []
  })
}
