import { definePage } from '$desk/page'

export default definePage({
  path: '/suche',
  title: 'Suche',
  nav: { order: 20, icon: 'search', label: 'Suche' },
  permission: 'register.search',
  component: () => import('./Search.svelte'),
})
