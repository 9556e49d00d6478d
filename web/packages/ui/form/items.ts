// Items of a list that stand on cards of their own: whose card it is, what a further one starts with.
import { isAbsent, isObject, membersOf, valueAt, type Context, type Field, type Value, type Values } from '$procedure'
import { dateText } from '../format'

/** Items that hold groups or lists themselves (a person with papers and custody) get cards that fold. */
export function isFolded(field: Field, context: Pick<Context, 'blocks'>): boolean {
  return field.type === 'list' && (membersOf(field, context) ?? []).some(({ type }) => type === 'group' || type === 'list')
}

function holders(item: Value): Values[] {
  return isObject(item) ? [item, ...Object.values(item).filter(isObject)] : []
}

/** The name in an item or in one of its groups, "Mia Muster"; empty while there is none. */
export function nameIn(item: Value): string {
  const holder = holders(item).find(({ family_name, given_names }) => !isAbsent(family_name) || !isAbsent(given_names))
  return holder ? [holder.given_names, holder.family_name].filter((part) => typeof part === 'string' && part !== '').join(' ') : ''
}

/** An option in words; where it stands for somebody on the form, their name. */
export function optionText(field: Field, option: string, scopes: Values[]): string {
  const { list, by } = field.names_item ?? {}
  const items = list ? scopes.at(-1)?.[list] : undefined
  const names = Array.isArray(items) ? items.filter((item) => isObject(item) && item[by!] === option).map(nameIn).filter(Boolean) : []
  return names.length > 0 ? names.join(' oder ') : (field.options?.find(({ value }) => value === option)?.label?.de ?? option)
}

/** What tells items apart at a glance: the first choice made in it and the date of birth ("Kind", "3.4.2019"). */
export function factsOf(fields: Field[], item: Value): string[] {
  if (!isObject(item)) return []
  const choice = fields.find(({ type, name }) => type === 'choice' && !isAbsent(item[name]))
  const chosen = choice?.options?.find(({ value }) => value === item[choice.name])?.label?.de
  const born = holders(item).map(({ birth_date }) => birth_date).find((date) => typeof date === 'string' && date !== '')
  return [chosen, dateText(born as string | undefined)].filter((fact): fact is string => Boolean(fact))
}

/** A further item with what is proposed from the first one (`carry` of the list), and the names of what was proposed. */
export function nextItem(field: Field, items: Value[]): { item: Values; proposed: string[] } {
  const item: Values = {}
  const proposed: string[] = []
  for (const path of field.carry ?? []) {
    const names = path.split('.')
    const value = isObject(items[0]) ? valueAt(items[0], names) : undefined
    if (isAbsent(value)) continue
    let place = item
    for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Values
    place[names.at(-1)!] = JSON.parse(JSON.stringify(value)) as Value
    proposed.push(path)
  }
  return { item, proposed }
}

/** Items for `field` out of the list it names (`from`): of each what has the same name, in it or in its groups. */
export function itemsFrom(field: Field, form: Values, context: Pick<Context, 'blocks'>): Values[] {
  const source = field.from ? form[field.from] : undefined
  if (!Array.isArray(source)) return []
  const names = (membersOf(field, context) ?? []).map(({ name }) => name)
  return source.map((item) => Object.fromEntries(names.flatMap((name) => holders(item).filter((holder) => !isAbsent(holder[name])).slice(0, 1).map((holder) => [name, holder[name]]))) as Values).filter((item) => Object.keys(item).length > 0)
}

/** Paths after the item `index` of the list at `list` has gone: its own go with it, later ones move up. */
export function withoutItem<T extends string>(paths: Iterable<T>, list: string, index: number): Set<string> {
  const kept = new Set<string>()
  for (const path of paths) {
    const at = path.startsWith(list + '.') ? Number(path.slice(list.length + 1).split('.')[0]) : NaN
    if (at === index) continue
    kept.add(at > index ? path.replace(`${list}.${at}`, `${list}.${at - 1}`) : path)
  }
  return kept
}
