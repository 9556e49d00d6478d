import { definePage } from '$desk/page'

export default definePage({
  path: '/postausgang',
  title: 'Postausgang',
  nav: { order: 60, icon: 'queue', label: 'Postausgang' },
  permission: 'case.read',
  place: 'hub',
  component: () => import('./Outbox.svelte'),
  words: { de: () => import('../words.de.json') },
})
