import { expect, test } from 'vitest'
import { representing, type Relation } from './person'

const relation = (kind: string, valid_to = '') => ({ id: kind + valid_to, kind, valid_to }) as Relation

test('who represents somebody may ask for them, as long as they do', () => {
  const all = [relation('spouse'), relation('custodian'), relation('custodian', '2026-01-01'), relation('representative'), relation('child')]
  expect(representing(all).map(({ id }) => id)).toEqual(['custodian', 'representative'])
})
