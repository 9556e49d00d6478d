// A page of the desk: pages/<area>/page.ts exports one as its default. Adding a folder adds the page.
import type { Component } from 'svelte'
import type { IconName } from '$ui'

/** What every page component gets. */
export interface PageProps {
  /** Parts of the path: `:id` of `/vorgaenge/:id`. */
  params: Record<string, string>
}

export interface Page {
  /** `/vorgaenge/:id` */
  path: string
  /** Title of the window and of the top bar until the page sets its own with `setTitle`. */
  title: string
  /** An entry at the left, in this order: Heute 10, Suche 20, Vorgänge 30, Touren 40, Konflikte 50, Verwaltung 90. */
  nav?: { order: number; icon: IconName; label: string }
  /** Permission without which the page is neither listed nor shown. */
  permission?: string
  /** Only at the hub, or only at a Koffer. */
  place?: 'hub' | 'koffer'
  component: () => Promise<{ default: Component<any> }>
  /** Words of the page, `{"de": () => import('./words.de.json')}`; loaded before it is shown. */
  words?: Record<string, () => Promise<{ default: Record<string, string> }>>
}

export function definePage(page: Page): Page {
  return page
}
