import { definePage } from '$desk/page'

export default definePage({
  path: '/touren/:id/aendern',
  title: 'Tour ändern',
  permission: 'tour.plan',
  place: 'hub',
  component: () => import('../plan/Plan.svelte'),
  words: { de: () => import('../words.de.json') },
})
