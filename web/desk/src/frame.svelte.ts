// What pages may tell the frame: who or what is in front of us, and where to look for it.

export const frame = $state({
  /** The person or case in front of us. */
  title: '',
  subtitle: '',
  /** What was typed into the search box; kept in memory only, names never stand in an address. */
  search: '',
  /** Counts up when the search box was sent, so that the page searches again. */
  searched: 0,
  /** Site of the tour this Koffer is handing back: said at the sign-in page once it is wiped. */
  ending: '',
  /** The case worked on last: the reason for reading that suggests itself. Set by the page of a case. */
  openCase: undefined as { id: string; number: string } | undefined,
})

/** Title in the top bar and the window. The window's title holds no name of a person. */
export function setTitle(title: string, subtitle = '', windowTitle = 'Wanderamt'): void {
  frame.title = title
  frame.subtitle = subtitle
  document.title = windowTitle
}
