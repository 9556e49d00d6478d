// Notices that nobody is at the desk any more.

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Calls after `milliseconds` without any input; answers with the function that stops watching. */
export function watchIdle(milliseconds: number, idle: () => void): () => void {
  let last = Date.now()
  const note = () => (last = Date.now())
  // Timers stand still while a laptop sleeps; the clock does not.
  const timer = setInterval(() => Date.now() - last >= milliseconds && idle(), 1000)
  for (const sign of signs) addEventListener(sign, note, { passive: true, capture: true })
  return () => {
    clearInterval(timer)
    for (const sign of signs) removeEventListener(sign, note, { capture: true })
  }
}
