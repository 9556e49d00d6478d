import { definePage } from '$desk/page'

export default definePage({
  path: '/person/:id/doppelt/:other',
  title: 'Zwei Einträge vergleichen',
  permission: 'register.write',
  place: 'hub',
  component: () => import('./Compare.svelte'),
  words: { de: () => import('../words.de.json') },
})
