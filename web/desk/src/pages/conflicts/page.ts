import { definePage } from '$desk/page'

export default definePage({
  path: '/konflikte',
  title: 'Konflikte',
  nav: { order: 50, icon: 'conflicts', label: 'Konflikte' },
  permission: 'conflict.decide',
  place: 'hub',
  component: () => import('./Conflicts.svelte'),
  words: { de: () => import('./words.de.json') },
})
