import { definePage } from '$desk/page'

export default definePage({
  path: '/loeschungen',
  title: 'Löschungen',
  nav: { order: 87, icon: 'remove', label: 'Löschungen' },
  permission: 'register.release',
  place: 'hub',
  component: () => import('./Erasures.svelte'),
  words: { de: () => import('./words.de.json') },
})
