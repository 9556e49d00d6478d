import { describe, expect, it } from 'vitest'
import type { Field } from '$procedure'
import { codesIn } from './codes'

const code = (name: string, list: string): Field => ({ name, type: 'code', list })

describe('codes of a form', () => {
  const fields: Field[] = [
    code('ags', 'municipality'),
    { name: 'name', type: 'text' },
    { name: 'nationalities', type: 'codes', list: 'nationality' },
    { name: 'dwelling', type: 'group', fields: [code('ags', 'municipality'), code('street_key', 'street')] },
    { name: 'persons', type: 'list', fields: [code('religion', 'religion'), { name: 'person', type: 'group', block: 'person' }] },
  ]
  const context = { blocks: { person: { fields: [code('birth_country', 'state')] } } } as never

  it('are found in groups, items and blocks, several at one field too', () => {
    const values = {
      ags: '99001001', name: 'rk', nationalities: ['000', '152'], dwelling: { street_key: '00101' },
      persons: [{ religion: 'rk' }, { religion: 'ev', person: { birth_country: '232' } }],
    }
    expect(codesIn(fields, values, context).map(({ list, code: value }) => `${list} ${value}`)).toEqual([
      'municipality 99001001', 'nationality 000', 'nationality 152', 'street 00101', 'religion rk', 'religion ev', 'state 232',
    ])
  })
  it('are none where nothing was said', () => {
    expect(codesIn(fields, { ags: '', nationalities: [], dwelling: 'x', persons: [null] }, context)).toEqual([])
  })
})
