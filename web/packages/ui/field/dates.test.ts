import { describe, expect, it } from 'vitest'
import { parsePartial } from '$procedure'
import { joinDate, readTyped, splitDate, wholeYear } from './dates'

describe('typing a date', () => {
  it.each([
    ['3.4.1962', '1962-04-03'], ['03041962', '1962-04-03'], ['3. 4. 1962', '1962-04-03'], ['03/04/1962', '1962-04-03'], ['1962-04-03', '1962-04-03'],
  ])('%s', (typed, value) => expect(joinDate(readTyped(typed)!)).toBe(value))

  it('takes nothing else for a date', () => {
    for (const typed of ['3.4.', '34', '3.4.196', 'gestern', '030462', '1962-04-0', '1962-4-3']) expect(readTyped(typed)).toBe(undefined)
  })

  it('takes the short forms when nothing more follows', () => {
    for (const typed of ['030462', '3-4-62']) expect(readTyped(typed, true)).toEqual({ day: '3', month: '4', year: '62', unknown: false })
    expect(joinDate(readTyped('1962-4-3', true)!)).toBe('1962-04-03')
    for (const typed of ['1962-04-', '0304', 'gestern']) expect(readTyped(typed, true)).toBe(undefined)
  })

  it('goes there and back', () => {
    for (const value of ['1962-04-03', '1965-05-00', '1965-00-00', '0000-00-00']) expect(joinDate(splitDate(value))).toBe(value)
    expect(joinDate(splitDate(undefined))).toBe(undefined)
  })

  it('never makes a date of half of one', () => {
    expect(joinDate({ day: '3', month: '4', year: '196', unknown: false })).toBe('196-4-3')
    expect(joinDate({ day: '3', month: '', year: '1962', unknown: false })).toBe('1962-00-03')
  })

  it('loses nothing of what is no date', () => {
    for (const parts of [{ day: '1962-04-', month: '', year: '' }, { day: '030462', month: '', year: '' }, { day: '3', month: 'April', year: '1962' }, { day: '3', month: '4', year: '196' }, { day: '3', month: '', year: '1962' }]) {
      const value = joinDate({ ...parts, unknown: false })!
      expect(parsePartial(value)).toBe(undefined)
      expect(splitDate(value)).toEqual({ ...parts, unknown: false })
    }
  })

  it('completes years of two digits', () => {
    expect(wholeYear('62', '2026-11-05', false)).toBe('1962')
    expect(wholeYear('26', '2026-11-05', false)).toBe('2026')
    expect(wholeYear('27', '2026-11-05', false)).toBe('1927')
    expect(wholeYear('27', '2026-11-05', true)).toBe('2027')
    expect(wholeYear('196', '2026-11-05', false)).toBe('196')
  })
})
