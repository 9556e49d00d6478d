import { definePage } from '$desk/page'

export default definePage({
  path: '/touren',
  title: 'Touren',
  nav: { order: 40, icon: 'tours', label: 'Touren' },
  permission: 'tour.read',
  component: () => import('./Tours.svelte'),
  words: { de: () => import('../words.de.json') },
})
