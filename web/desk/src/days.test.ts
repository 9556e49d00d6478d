import { describe, expect, it } from 'vitest'
import { clockOf, clockText, dayText, minutesOf, momentOf, readClock, spanText, stamp } from './days'

describe('days and times', () => {
  it('says days as people do', () => {
    expect(dayText('2026-11-05', '2026-11-05')).toBe('heute, 5.11.2026')
    expect(dayText('2026-11-06', '2026-11-05')).toBe('morgen, 6.11.2026')
    expect(dayText('2026-11-09', '2026-11-05')).toBe('Montag, 9.11.2026')
  })
  it('reads times as they are typed', () => {
    expect(['9', '09:00', '930', '9.30', '9,30 Uhr', '1430', '24', '9:75', 'neun', ''].map(readClock)).toEqual(['09:00', '09:00', '09:30', '09:30', '09:30', '14:30', undefined, undefined, undefined, undefined])
  })
  it('shows and counts times', () => {
    expect([clockText('09:05'), spanText('09:00', '12:30'), minutesOf('09:30'), clockOf(575)]).toEqual(['9:05', '9:00–12:30 Uhr', 570, '09:35'])
    expect([stamp(0), stamp(null), stamp(1000)]).toEqual([undefined, undefined, '1970-01-01T00:00:01.000Z'])
  })
  it('turns the time on the wall into a moment', () => {
    expect([momentOf('2026-11-24', '14:05'), momentOf('2026-07-01', '08:00'), momentOf('2026-03-29', '03:30'), momentOf('2026-10-25', '01:30')]).toEqual([
      '2026-11-24T13:05:00Z', '2026-07-01T06:00:00Z', '2026-03-29T01:30:00Z', '2026-10-24T23:30:00Z',
    ])
  })
})
