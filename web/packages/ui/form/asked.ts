// What is true of one item of a list (who signs for all) is asked once, where one speaks of it, not on every card.
import { isObject, membersOf, type Answer, type Blocks, type Field, type Section, type Value } from '$procedure'

/** A question about the items of a list, standing in for a field in another section. */
export interface Asked {
  list: Field
  member: Field
  /** Where it stands: after this field of the form. */
  after: string
}

/** All such questions of a form. */
export function asked(fields: Field[], blocks?: Blocks): Asked[] {
  return fields.flatMap((list) => (list.type === 'list' ? (membersOf(list, blocks ? { blocks } : {}) ?? []).flatMap((member) => (member.one_of ? [{ list, member, after: member.one_of.after }] : [])) : []))
}

/** Path of the question itself: `persons-signs`. */
export const askedPath = ({ list, member }: Asked): string => `${list.name}-${member.name}`

/** The question an answer at an item (`persons.1.signs`) belongs to. */
export function askedAt(all: Asked[], path: string): Asked | undefined {
  const [list, index, name, more] = path.split('.')
  return more === undefined && /^\d+$/.test(index ?? '') ? all.find((one) => one.list.name === list && one.member.name === name) : undefined
}

/** Whether an answer belongs to a section: by its field, or by the question that stands there. */
export function isIn(section: Section, all: Asked[], { path }: Pick<Answer, 'path'>): boolean {
  const name = askedAt(all, path)?.after ?? path.split('.')[0]
  return section.fields.some((field) => field.name === name)
}

/** Which item it is, if any. */
export const chosenItem = (items: Value, name: string): number => (Array.isArray(items) ? items.findIndex((item) => isObject(item) && item[name] === true) : -1)

/** The one item chosen, all others not. */
export function chooseItem(items: Value, name: string, index: number): void {
  if (Array.isArray(items)) items.forEach((item, at) => isObject(item) && (item[name] = at === index))
}
