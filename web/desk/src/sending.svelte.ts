// Sending something that was typed: busy meanwhile; what does not fit stands at its field, the rest above the form.
import { Problem } from '$api'
import { wordAnswer, type Worded } from '$ui'
import type { Answer } from '$procedure'
import { worded } from './live.svelte'

export class Sending {
  busy = $state(false)
  problem = $state.raw<Worded>()
  answers = $state.raw<Answer[]>([])

  /** Runs it once at a time; answers whether it worked. */
  run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (this.busy) return false
    this.busy = true
    this.clear()
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.problem = worded(error)
      this.answers = error.fields
      return false
    } finally {
      this.busy = false
    }
  }
  clear = () => {
    this.problem = undefined
    this.answers = []
  }
  /** What is the matter with one field, in a sentence. */
  at = (path: string): string | undefined => {
    const answer = this.answers.find((one) => one.path === path)
    if (!answer) return undefined
    const words = wordAnswer(answer)
    return `${words.de} ${words.do}`
  }
}
