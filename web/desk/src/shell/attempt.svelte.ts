// One try at signing in: busy meanwhile, and in words what was the matter.
import { Problem } from '$api'
import { t, type Worded } from '$ui'

export class Attempt {
  busy = $state(false)
  problem = $state<Worded>()
  /** Code of the problem, if the program named one. */
  code = $state('')

  /** Runs it; answers whether it worked. */
  async run(way: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = undefined
    this.code = ''
    try {
      await way()
      return true
    } catch (error) {
      this.code = error instanceof Problem ? error.code : ''
      this.problem = error instanceof Problem ? error.words : { de: t('sign_in.passkey_failed'), do: t('sign_in.passkey_failed.do') }
      return false
    } finally {
      this.busy = false
    }
  }
}
