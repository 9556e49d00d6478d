import { definePage } from '$desk/page'

export default definePage({
  path: '/verwaltung',
  title: 'Verwaltung',
  nav: { order: 90, icon: 'admin', label: 'Verwaltung' },
  permission: 'user.manage',
  place: 'hub',
  component: () => import('./Admin.svelte'),
  words: { de: () => import('../words.de.json') },
})
