// What records_of_processing answers (Art. 30 DSGVO), all of it from the procedure's own data.

export type Level = 'normal' | 'high' | 'very_high'

export interface RecordField {
  path: string
  section: string
  group: string
  label: string
  required: boolean
  purpose: string
  basis: string
  protection: Level
}

export interface Records {
  procedure: { id: string; version: number; title: string; summary: string; law: string[]; protection: Level }
  controller: { authority: string; office: string; street: string; place: string; phone: string }
  levels: { id: Level; title: string; meaning: string; measures: string[] }[]
  purposes: { purpose: string; bases: string[]; fields: number; protection: Level }[]
  fields: RecordField[]
  recipients: { message: string; to: string; doc: string; law: string; verify?: boolean; fields: { path: string; label: string }[] }[]
  retention: { data: string; rule: string; law: string; source: string; verify?: boolean; automatic: boolean }[]
  open: string[]
}

/** Fields by section and group, in the order of the form. */
export function bySection(fields: RecordField[]): { section: string; groups: { group: string; fields: RecordField[] }[] }[] {
  const sections: { section: string; groups: { group: string; fields: RecordField[] }[] }[] = []
  for (const field of fields) {
    const group = field.group === field.section ? '' : field.group
    let last = sections.at(-1)
    if (last?.section !== field.section) sections.push((last = { section: field.section, groups: [] }))
    const list = last!.groups.find((one) => one.group === group)
    if (list) list.fields.push(field)
    else last!.groups.push({ group, fields: [field] })
  }
  return sections
}
