import { describe, expect, it } from 'vitest'
import type { Line } from '$api'
import { clockOff, placeTrouble } from './trouble'

const line = (more: object): Line => ({ state: 'up', ...more })

describe('what is wrong with the whole place', () => {
  it('is told only when somebody has to put it right', () => {
    expect(['device_revoked', 'store_full', 'tour_expired', 'connection_lost', ''].map((error) => placeTrouble(line({ error })))).toEqual(['device_revoked', 'store_full', 'tour_expired', undefined, undefined])
    expect(placeTrouble(undefined)).toBeUndefined()
  })
  it('says how wrong the clock is, and which way', () => {
    expect([60_000, 299_000, -10_000].map((clock_ahead_ms) => clockOff(line({ clock_ahead_ms })))).toEqual([undefined, undefined, undefined])
    expect(clockOff(line({ clock_ahead_ms: 3 * 3_600_000 }))).toEqual({ by: '3 Stunden', way: 'nach' })
    expect(clockOff(line({ clock_ahead_ms: -7 * 60_000 }))).toEqual({ by: '7 Minuten', way: 'vor' })
    expect(clockOff(line({ clock_ahead_ms: 5 * 86_400_000 }))).toEqual({ by: '5 Tage', way: 'nach' })
  })
})
