// Keeps a draft: at most 400 ms after the last key, at once when a field is left; tried again until it worked.
import type { Values } from '$procedure'

const wait = 350
const again = 5000

export class Autosave {
  #last = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `save` throws when it could not. */
  constructor(private readonly save: (values: Values) => Promise<unknown> | void) {}

  /** The values as text have changed (or are seen for the first time): they are kept soon. */
  heard(now: string): void {
    if (this.#last === '') this.#last = now
    if (now === this.#last) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.now(now), wait)
  }

  /** Keeps them now, if they differ from what is kept. */
  async now(text: string): Promise<void> {
    clearTimeout(this.#timer)
    if (text === this.#last || this.#last === '') return
    const before = this.#last
    this.#last = text
    try {
      await this.save(JSON.parse(text))
    } catch {
      if (this.#last !== text) return
      this.#last = before
      this.#timer = setTimeout(() => void this.now(text), again)
    }
  }
}
