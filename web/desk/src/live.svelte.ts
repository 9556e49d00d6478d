// Data of a page that stays true: loaded, and loaded again when something of these kinds has changed.
import { onMount } from 'svelte'
import { Problem, onChanged } from '$api'
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

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** Loads anew. What is on the screen stays until the new is there, also when it cannot be had. */
  reload = async (): Promise<void> => {
    const turn = ++this.#turn
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

/** For as long as the component lives. `types`: kinds of things whose change matters here. */
export function live<T>(load: () => Promise<T>, types: string[]): Live<T> {
  const data = new Live(load)
  onMount(() => {
    void data.reload()
    let timer: ReturnType<typeof setTimeout>
    const end = onChanged(types, () => {
      clearTimeout(timer)
      timer = setTimeout(() => void data.reload(), settle)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  })
  return data
}
