// A house number as people write it: "12a" is a number and a letter, which have fields of their own.
import type { Field, Value, Values } from '$procedure'

/** What typing `value` into a house number says of it and of the letter beside it, if there is one. */
export function splitHouseNo(field: Field, beside: Field[], value: Value): Values | undefined {
  const found = field.type === 'house_no' && typeof value === 'string' ? /^(\d{1,4})\s*(\p{L})$/u.exec(value) : undefined
  return found && beside.some(({ name }) => name === 'house_letter') ? { [field.name]: Number(found[1]), house_letter: found[2]! } : undefined
}
