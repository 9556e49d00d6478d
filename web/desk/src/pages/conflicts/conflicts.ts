// Two values for the same datum, and where they differ.

export interface Conflict {
  id: string
  subject_table: string
  subject_id: string
  field: string
  title: string
  /** About somebody one may not see: the lead decides. */
  hidden?: boolean
  here_value: string
  here_at_ms: number
  here_by: string
  here_origin: string
  there_value: string
  there_at_ms: number
  there_by: string
  there_origin: string
  state: 'open' | 'decided'
  decision?: 'here' | 'there' | null
  decided_by?: string | null
  decided_at_ms?: number | null
  reason?: string | null
}

export interface Quarantined {
  command_id: string
  device_name: string
  stream: string
  case_number: string
  code: string
  words: { de: string; do: string }
  arrived_at_ms: number
  state: string
}

export interface Part {
  text: string
  changed: boolean
}

const most = 400

function join(letters: string[], kept: boolean[]): Part[] {
  const parts: Part[] = []
  letters.forEach((letter, index) => {
    const changed = !kept[index]
    const last = parts.at(-1)
    if (last && last.changed === changed) last.text += letter
    else parts.push({ text: letter, changed })
  })
  return parts
}

/** Both texts in pieces; what the other one lacks is `changed`. By letters, longest common sequence. */
export function differences(left: string, right: string): [Part[], Part[]] {
  const [a, b] = [[...left], [...right]]
  if (a.length > most || b.length > most) return [[{ text: left, changed: left !== right }], [{ text: right, changed: left !== right }]]
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const keptA = a.map(() => false)
  const keptB = b.map(() => false)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) keptA[i++] = keptB[j++] = true
    else if (common[i + 1]![j]! >= common[i]![j + 1]!) i++
    else j++
  }
  return [join(a, keptA), join(b, keptB)]
}
