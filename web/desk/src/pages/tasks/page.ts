import { definePage } from '$desk/page'

export default definePage({
  path: '/aufgaben',
  title: 'Aufgaben',
  nav: { order: 45, icon: 'tasks', label: 'Aufgaben' },
  permission: 'case.read',
  component: () => import('./Tasks.svelte'),
  words: { de: () => import('./page.de.json') },
})
