import { describe, expect, it } from 'vitest'
import { choicesOf, whoOf } from './messages'

const trouble = (code: string) => ({ code, details: {}, words: { de: '', do: '' } })

describe('what somebody decides about a message', () => {
  it('is named by what it does', () => {
    expect(choicesOf({ message_type: 'revocation', problem: trouble('residence.message_revoked') }).apply).toBe('inbox.undo')
    expect(choicesOf({ message_type: 'auswertung', problem: trouble('residence.message_main_dwelling') })).toEqual({ apply: 'inbox.main.there', close: 'inbox.main.here' })
    expect(choicesOf({ message_type: 'rueckmeldung', problem: trouble('residence.message_person_unknown') }).close).toBe('inbox.close')
  })
  it('is about the candidates, else about whom the program found', () => {
    expect(whoOf(['a', 'b'], { person_id: 'c' })).toEqual(['a', 'b'])
    expect(whoOf([], { person_id: 'c' })).toEqual(['c'])
    expect(whoOf([], { person_id: null })).toEqual([])
  })
})
