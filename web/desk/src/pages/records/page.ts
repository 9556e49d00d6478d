import { definePage } from '$desk/page'

export default definePage({
  path: '/ihre-daten',
  title: 'Ihre Daten',
  permission: 'session.use',
  component: () => import('./Records.svelte'),
  words: { de: () => import('./words.de.json') },
})
