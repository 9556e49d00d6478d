import { definePage } from '$desk/page'

export default definePage({
  path: '/',
  title: 'Heute',
  nav: { order: 10, icon: 'home', label: 'Heute' },
  component: () => import('./Today.svelte'),
  words: { de: () => import('./words.de.json') },
})
