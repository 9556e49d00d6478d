import { definePage } from '$desk/page'

export default definePage({
  path: '/touren/:id',
  title: 'Tour',
  permission: 'tour.read',
  component: () => import('./Tour.svelte'),
  words: { de: () => import('../words.de.json') },
})
