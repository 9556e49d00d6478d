import { describe, expect, it } from 'vitest'
import { lineFigures } from './line_figures'

describe('what is told of the line', () => {
  it('is what was measured', () => {
    expect(lineFigures({ state: 'slow', round_trip_ms: 412, loss: 0.0493 })).toEqual({ time: '412 ms', percent: '4,9 %' })
    expect(lineFigures({ state: 'slow', round_trip_ms: 1840, loss: 0.21 })).toEqual({ time: '1,8 s', percent: '21 %' })
  })
  it('is nothing while nothing is known or nothing gets lost', () => {
    expect(lineFigures(undefined)).toEqual({})
    expect(lineFigures({ state: 'down', round_trip_ms: 0, loss: null })).toEqual({})
    expect(lineFigures({ state: 'up', round_trip_ms: 40, loss: 0.001 })).toEqual({ time: '40 ms' })
  })
})
