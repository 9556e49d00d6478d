import { definePage } from '$desk/page'

export default definePage({
  path: '/konto',
  title: 'Mein Konto',
  permission: 'session.use',
  place: 'hub',
  component: () => import('./Account.svelte'),
  words: { de: () => import('../words.de.json') },
})
