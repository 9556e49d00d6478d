// Development only (never part of the product): a page with every component, and a pretended server for looking at
// pages without one: http://localhost:5173/galerie?mock
import { definePage } from '../page'
import { addPage } from '../router.svelte'

addPage(definePage({ path: '/galerie', title: 'Galerie', nav: { order: 99, icon: 'rows', label: 'Galerie' }, component: () => import('./Gallery.svelte') }))

const place = new URLSearchParams(location.search).get('mock')
if (place !== null) {
  const { pretend } = await import('./pretend')
  pretend(place)
}
