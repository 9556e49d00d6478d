// A server that only pretends. Invented names.
import { line, connected } from '$api'
import { answersFor } from './answers'
import { problems, procedure } from './product'

export function pretend(place: string): void {
  const koffer = place.startsWith('koffer')
  const tour = { id: '50'.padStart(26, '0'), site: 'Seniorenheim Haus Abendsonne', day: new Date().toISOString().slice(0, 10), tenant: 'Samtgemeinde Ilmenaugrund', accent: '#1d6b4f', expires_at: new Date(Date.now() + 26 * 3_600_000).toISOString() }
  const staff = [{ id: '1', name: 'Jördis Łuczak' }, { id: '2', name: 'Cem Öztürk' }]
  const device = { id: '30', name: 'Koffer 1', tenant: 'Samtgemeinde Ilmenaugrund' }
  const signedIn = {
    signed_in: !/out|tours|bare/.test(place), locked: place === 'locked', place: koffer ? 'koffer' : 'hub',
    user: { id: '1', name: 'Jördis Łuczak', login: 'joerdis.luczak', permissions: ['case.read', 'case.write', 'session.use', 'tour.read', 'tour.plan', 'tour.check_out', 'register.search', 'register.read', 'register.write', 'conflict.decide', ...(koffer ? [] : ['user.manage', 'device.manage', 'tenant.export', 'journal.read', 'register.release'])] },
    tenant: { id: 't', ags: '99001001', name: 'Samtgemeinde Ilmenaugrund', accent: '#1d6b4f', functions: ['registration'] },
    choices: !koffer
      ? { ways: ['password', 'passkey'], tenants: [{ id: 't', name: 'Samtgemeinde Ilmenaugrund', accent: '#1d6b4f' }, { id: 'u', name: 'Stadt Deichhafen', accent: '#1f5f8b' }] }
      : { ways: ['pin'], enrolled: place !== 'koffer-bare', device, ...(/tours|bare/.test(place) ? {} : { staff, tour }) },
  }
  const queries = answersFor(koffer)
  const answers: Record<string, unknown> = {
    'GET /api/session': signedIn,
    'GET /api/koffer/tours': { tours: [{ id: '50', day: tour.day, from: '09:00', until: '12:30', site: tour.site, state: 'planned', staff }, { id: '51', day: '2030-01-15', from: '14:00', until: '17:00', site: 'Dorfgemeinschaftshaus Wiesenau', state: 'planned', staff }] },
    'POST /api/devices/prepare': { code: 'F7KQ-29XM', minutes: 30, file: { device_id: 'x' } },
    'POST /api/exports': { secret: '7K3M-Q0ZD-84HV-2TNB-X6RP-1CWE-9SFA-5GYJ' },
    'GET /api/catalogue': {
      problems, procedures: [procedure],
      lists: {
        sex: [{ code: 'w', text: 'weiblich' }, { code: 'm', text: 'männlich' }],
        religion: [{ code: 'rk', text: 'römisch-katholisch' }, { code: 'ev', text: 'evangelisch' }, { code: 'vd', text: 'keine' }],
        marital_status: [{ code: 'LD', text: 'ledig' }, { code: 'VH', text: 'verheiratet' }],
        municipality: [{ code: '99001001', text: 'Testhausen' }, { code: '99001002', text: 'Musterstedt' }],
        nationality: [{ code: '000', text: 'deutsch' }, { code: '163', text: 'türkisch' }, { code: '152', text: 'polnisch' }, { code: '999', text: 'ohne Angabe' }],
        street: [{ code: '00101', text: 'Am Sande' }, { code: '00102', text: 'Große Bäckerstraße' }, { code: '00103', text: 'Heiligengeiststraße' }],
      },
    },
  }
  globalThis.fetch = async (path, init) => {
    const query = queries[String(path).replace('/api/queries/', '')]
    const body = init?.body ? JSON.parse(String(init.body)) : {}
    const answer = query ? { answer: query(body.params ?? {}) } : (answers[`${init?.method ?? 'GET'} ${path}`] ?? { answer: { entries: [], case_id: '202'.padStart(26, '0') }, certainty: 'here' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    return new Response(JSON.stringify(answer))
  }
  setTimeout(() => {
    connected.set(true)
    line.set({ state: koffer ? 'slow' : 'none', rate: 268_000, ...(koffer ? { queue: { cases: 3, scans: 2, seconds: 240 } } : {}) })
  }, 300)
}
