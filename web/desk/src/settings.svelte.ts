// How the desk looks on this machine: light or dark, roomy or dense, the tenant's colour.

type Theme = 'system' | 'light' | 'dark'
type Density = 'roomy' | 'dense'

function read<T extends string>(name: string, allowed: T[], other: T): T {
  try {
    const kept = localStorage.getItem(name) as T | null
    return kept && allowed.includes(kept) ? kept : other
  } catch {
    return other
  }
}

/** What this browser has kept under a name. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps something of no consequence in this browser: a choice, never anything about people. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser without storage simply forgets it.
  }
}

export const settings = $state({
  theme: read<Theme>('wa.theme', ['system', 'light', 'dark'], 'system'),
  density: read<Density>('wa.density', ['roomy', 'dense'], 'roomy'),
})

const dark = matchMedia('(prefers-color-scheme: dark)')
const paper = matchMedia('print')

export function applySettings(): void {
  const chosen = settings.theme === 'system' ? (dark.matches ? 'dark' : 'light') : settings.theme
  // Paper is white whatever the screen is.
  const theme = paper.matches ? 'light' : chosen
  document.documentElement.dataset.kernTheme = theme
  document.documentElement.dataset.density = settings.density
}
for (const medium of [dark, paper]) medium.addEventListener('change', applySettings)

export function setTheme(theme: Theme): void {
  settings.theme = theme
  keep('wa.theme', theme)
  applySettings()
}

export function setDensity(density: Density): void {
  settings.density = density
  keep('wa.density', density)
  applySettings()
}

/** The tenant's colour, `#rrggbb`; anything else is ignored. */
export function setAccent(colour: string | undefined): void {
  if (colour && /^#[0-9a-f]{6}$/i.test(colour)) document.documentElement.style.setProperty('--wa-accent', colour)
}
