import { definePage } from '$desk/page'

export default definePage({
  path: '/person/:id',
  title: 'Person',
  permission: 'register.read',
  component: () => import('./Person.svelte'),
  words: { de: () => import('./words.de.json') },
})
