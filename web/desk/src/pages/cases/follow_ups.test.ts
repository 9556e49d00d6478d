import { describe, expect, it } from 'vitest'
import type { Procedure } from '$procedure'
import { followUpsOf } from './follow_ups'

const procedure = { follow_ups: [{ de: 'Aufkleber', task: 'id_card_sticker' }, { de: 'Reisepass', task: 'passport_sticker' }, { de: 'Hund' }] } as unknown as Procedure

describe('what comes after the booking', () => {
  it('names our own work where there is some, and what is done elsewhere', () => {
    expect(followUpsOf(procedure, [{ id: 'T1', kind: 'id_card_sticker', state: 'open' }])).toEqual([{ text: 'Aufkleber', task: 'T1' }, { text: 'Hund' }])
    expect(followUpsOf(procedure, [{ id: 'T1', kind: 'id_card_sticker', state: 'done' }])).toEqual([{ text: 'Hund' }])
    expect(followUpsOf(undefined, [])).toEqual([])
  })
})
