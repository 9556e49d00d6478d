// Paths to pages, by the browser's history. No personal data ever stands in a path: ids only.
import type { Page } from './page'

const found = import.meta.glob<{ default: Page }>('./pages/**/page.ts', { eager: true })

/** All pages, in the order of the navigation. */
export const pages: Page[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => (a.nav?.order ?? 1000) - (b.nav?.order ?? 1000))

/** Adds a page that is not part of the product (the gallery of components in development). */
export function addPage(page: Page): void {
  pages.push(page)
  route.path = location.pathname + ''
}

export const route = $state({ path: location.pathname })

function compile(path: string): RegExp {
  return new RegExp(`^${path.replace(/\/$/, '').replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`)
}

export interface Match {
  page: Page
  params: Record<string, string>
}

/** The page for a path, undefined if there is none. Pages without parameters win. */
export function match(path: string): Match | undefined {
  for (const page of [...pages].sort((a, b) => a.path.split(':').length - b.path.split(':').length)) {
    const hit = compile(page.path).exec(path)
    if (hit) return { page, params: Object.fromEntries(Object.entries(hit.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])) }
  }
  return undefined
}

type Guard = () => boolean
const guards = new Set<Guard>()

/** Asks before leaving the page; a guard that answers false stays. */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard)
  return () => guards.delete(guard)
}

/** Goes to a path of the desk. */
export function navigate(path: string, { replace = false } = {}): void {
  if (![...guards].every((guard) => guard())) return
  if (path !== location.pathname) history[replace ? 'replaceState' : 'pushState'](null, '', path)
  route.path = location.pathname
  if (!replace) scrollTo({ top: 0 })
}

/** Follows links inside the desk without loading it anew; for the whole document. */
export function followLinks(): () => void {
  const onclick = (event: MouseEvent) => {
    const anchor = (event.target as Element).closest?.('a')
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!anchor || !plain || event.defaultPrevented || anchor.target || anchor.hasAttribute('download')) return
    const address = new URL(anchor.href, location.href)
    if (address.origin !== location.origin || address.pathname.startsWith('/api/') || (address.hash && address.pathname === location.pathname)) return
    event.preventDefault()
    navigate(address.pathname)
  }
  const onpop = () => (route.path = location.pathname)
  document.addEventListener('click', onclick)
  addEventListener('popstate', onpop)
  return () => {
    document.removeEventListener('click', onclick)
    removeEventListener('popstate', onpop)
  }
}
