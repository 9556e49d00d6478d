import { definePage } from '$desk/page'

export default definePage({
  path: '/person/:id/doppelt',
  title: 'Doppelt geführt?',
  permission: 'register.write',
  place: 'hub',
  component: () => import('./FindOther.svelte'),
  words: { de: () => import('./words.de.json') },
})
