// A press of the mouse goes where it was aimed at: nothing moves under it before it is over.
let pressed = false
let waiting: (() => void)[] = []

function over(): void {
  pressed = false
  // The click itself comes right after the button is let go.
  setTimeout(() => waiting.splice(0).forEach((run) => run()))
}

if (typeof addEventListener === 'function') {
  addEventListener('pointerdown', () => (pressed = true), true)
  for (const end of ['pointerup', 'pointercancel', 'dragend']) addEventListener(end, over, true)
  addEventListener('blur', over)
}

/** Runs at once; while a button is held down, after its click. For what changes where things stand when a field is left. */
export function afterPress(run: () => void): void {
  if (pressed) waiting.push(run)
  else run()
}
