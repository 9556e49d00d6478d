import { definePage } from '$desk/page'

export default definePage({
  path: '/nachrichten',
  title: 'Nachrichten',
  nav: { order: 60, icon: 'queue', label: 'Nachrichten' },
  permission: 'case.read',
  place: 'hub',
  component: () => import('./Messages.svelte'),
})
