// One action at a time: whether it is under way, and what went wrong.

export class Doing {
  busy = $state('')
  problem = $state.raw<unknown>()

  /** Runs an action unless one is under way; true if it went well. */
  async run(name: string, action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = name
    this.problem = undefined
    try {
      await action()
      return true
    } catch (error) {
      this.problem = error
      return false
    } finally {
      this.busy = ''
    }
  }
}
