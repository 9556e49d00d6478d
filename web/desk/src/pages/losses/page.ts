import { definePage } from '$desk/page'

export default definePage({
  path: '/verlust',
  title: 'Koffer verloren',
  nav: { order: 85, icon: 'lock', label: 'Koffer verloren' },
  permission: 'device.report_loss',
  place: 'hub',
  component: () => import('./Losses.svelte'),
  words: { de: () => import('./words.de.json') },
})
