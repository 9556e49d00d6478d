import { definePage } from '$desk/page'

export default definePage({
  path: '/protokoll',
  title: 'Protokoll',
  nav: { order: 95, icon: 'register', label: 'Protokoll' },
  permission: 'journal.read',
  place: 'hub',
  component: () => import('./Journal.svelte'),
  words: { de: () => import('../words.de.json') },
})
