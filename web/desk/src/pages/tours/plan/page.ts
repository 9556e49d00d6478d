import { definePage } from '$desk/page'

export default definePage({
  path: '/touren/neu',
  title: 'Tour planen',
  permission: 'tour.plan',
  place: 'hub',
  component: () => import('./Plan.svelte'),
  words: { de: () => import('../words.de.json') },
})
