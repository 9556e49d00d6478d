import { definePage } from '$desk/page'

export default definePage({
  path: '/vorgaenge',
  title: 'Vorgänge',
  nav: { order: 30, icon: 'cases', label: 'Vorgänge' },
  permission: 'case.read',
  component: () => import('./Cases.svelte'),
  words: { de: () => import('./words.de.json') },
})
