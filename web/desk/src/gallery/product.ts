// The product's own procedure and words, read from its sources: what is looked at here is what is used there.
import type { Field, Procedure } from '$procedure'
import { parameters } from '../../../../src/kernel/reference/parameters.json'
import registration from '../../../../src/modules/residence/procedures/registration.json'

type Override = Record<string, Partial<Field>>
const blocks = import.meta.glob('../../../../src/kernel/procedure/blocks/*.json', { eager: true, import: 'default' }) as Record<string, { id: string; fields: Field[] }>

/** As src/kernel/procedure/blocks.cpp does it. */
function expanded(fields: Field[]): Field[] {
  return fields.map((field) => {
    const block = field.block ? Object.values(blocks).find(({ id }) => id === field.block) : undefined
    const override = ((field as { override?: Override }).override ?? {}) as Override
    const members = field.fields ?? block?.fields.map((member) => ({ ...member, ...override[member.name] }))
    return members ? { ...field, fields: expanded(members) } : field
  })
}

/** {"parameter": id} as its value, as src/apps/service/desk_api.cpp sends it. */
function valued(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(valued)
  if (typeof part !== 'object' || part === null) return part
  const [first, ...more] = Object.entries(part)
  const known = more.length === 0 && first?.[0] === 'parameter' ? parameters.find(({ id }) => id === first[1]) : undefined
  return known ? known.value : Object.fromEntries(Object.entries(part).map(([name, value]) => [name, valued(value)]))
}

const raw = valued(registration) as Procedure
export const procedure: Procedure = { ...raw, sections: raw.sections.map((section) => ({ ...section, fields: expanded(section.fields) })) }

export const problems: Record<string, { de: string; do: string }> = Object.assign(
  {},
  ...Object.values(import.meta.glob(['../../../../src/kernel/problems.json', '../../../../src/modules/*/problems.json'], { eager: true, import: 'default' })),
)
