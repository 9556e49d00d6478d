import { definePage } from '$desk/page'

export default definePage({
  path: '/vorgaenge/:id',
  title: 'Vorgang',
  permission: 'case.read',
  component: () => import('./Case.svelte'),
  words: { de: () => import('../words.de.json') },
})
