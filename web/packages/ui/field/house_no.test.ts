import { describe, expect, it } from 'vitest'
import type { Field } from '$procedure'
import { splitHouseNo } from './house_no'

const number: Field = { name: 'house_no', type: 'house_no' }
const letter: Field = { name: 'house_letter', type: 'text' }

describe('a house number with its letter', () => {
  it('goes into both fields', () => {
    for (const typed of ['12a', '12 a']) expect(splitHouseNo(number, [number, letter], typed)).toEqual({ house_no: 12, house_letter: 'a' })
  })
  it('stays as it is where there is no letter, no field for it, or more than that', () => {
    for (const value of [12, '12', '12ab', 'a', '1/2', undefined]) expect(splitHouseNo(number, [number, letter], value)).toBe(undefined)
    expect(splitHouseNo(number, [number], '12a')).toBe(undefined)
    expect(splitHouseNo({ name: 'n', type: 'integer' }, [letter], '12a')).toBe(undefined)
  })
})
