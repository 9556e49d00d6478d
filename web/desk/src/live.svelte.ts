// Data of a page that stays true: loaded, and loaded again when something of these kinds has changed.
import { onMount } from 'svelte'
import { Problem, onChanged, type Change } from '$api'
import { wordProblem, type Worded } from '$ui'

/** Changes come in bursts; one look afterwards is enough. */
const settle = 250

/** A refusal in words: the server's, with what it knows filled in. */
export function worded(problem: Problem): Worded {
  return problem.words.de ? problem.words : wordProblem(problem.code, problem.details)
}

export class Live<T> {
  value = $state.raw<T>()
  problem = $state.raw<Worded>()
  #load: () => Promise<T>
  #turn = 0
  /** When the last look began. */
  began = 0

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** Loads anew. What is on the screen stays until the new is there, also when it cannot be had. */
  reload = async (): Promise<void> => {
    const turn = ++this.#turn
    this.began = Date.now()
    try {
      const value = await this.#load()
      if (turn !== this.#turn) return
      this.value = value
      this.problem = undefined
    } catch (error) {
      if (turn !== this.#turn) return
      if (!(error instanceof Problem)) throw error
      this.problem = worded(error)
    }
  }
}

/**
 * For as long as the component lives. `types`: kinds of things whose change matters here. `matters` decides for one
 * burst of changes (an id may be "": something of this kind, look for yourself). Whoever reads personal data needs it:
 * every look is journalled, and at a Koffer the journal's own way to the hub is a change of which one hears.
 */
export function live<T>(load: () => Promise<T>, types: string[], matters?: (changed: Change[]) => boolean | Promise<boolean>): Live<T> {
  const data = new Live(load)
  onMount(() => {
    void data.reload()
    let timer: ReturnType<typeof setTimeout>
    let heard: Change[] = []
    let all = false
    let since = 0
    const look = async () => {
      const [changed, everything] = [heard, all]
      heard = []
      all = false
      // Looked already after the last of it was told: by who made the change.
      if (data.began > since) return
      if (everything || !matters || (await matters(changed))) void data.reload()
    }
    const end = onChanged(types, (changed) => {
      all ||= changed.length === 0
      heard = [...heard, ...changed]
      since = Date.now()
      clearTimeout(timer)
      timer = setTimeout(() => void look(), settle)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  })
  return data
}

/** A sign that tells, without reading personal data, whether something is new: asked anew, compared with the last. */
export function newness(ask: () => Promise<unknown>): () => Promise<boolean> {
  let last: string | undefined
  return async () => {
    const now = await ask().then((answer) => JSON.stringify(answer), () => last)
    const fresh = now !== last
    last = now
    return fresh
  }
}
