// A server that only pretends. Invented names.
import { line, connected } from '$api'
import procedure from './procedure.json'

const problems = {
  'field.required': { de: 'Die Angabe „{label}“ fehlt noch.', do: 'Fragen Sie danach oder sehen Sie im Ausweis nach.' },
  'field.no_date': { de: 'Diesen Tag gibt es nicht.', do: 'Prüfen Sie Tag, Monat und Jahr.' },
  'field.letter_not_allowed': { de: 'Das Zeichen an Stelle {position} kommt in Namen nicht vor.', do: 'Ziffern und Sonderzeichen weglassen.' },
  'field.postcode': { de: '{value} ist keine Postleitzahl.', do: 'Sie hat fünf Ziffern.' },
  'field.wrong_type': { de: '„{value}“ ist keine Zahl.', do: 'Tragen Sie nur Ziffern ein.' },
  'field.not_in_list': { de: '„{value}“ steht nicht in der Liste.', do: 'Wählen Sie einen Eintrag, der beim Tippen erscheint.' },
  'field.too_few': { de: 'Es fehlt mindestens ein Eintrag.', do: 'Fügen Sie einen hinzu.' },
  'residence.moved_in_future': { de: 'Das Einzugsdatum {value} liegt in der Zukunft.', do: 'Eine Anmeldung ist erst nach dem Einzug möglich.' },
}

export function pretend(place: string): void {
  const signedIn = {
    signed_in: place !== 'out', locked: place === 'locked', place: place === 'koffer' ? 'koffer' : 'hub',
    user: { id: '1', name: 'Jördis Łuczak', roles: ['clerk'], permissions: ['case.read', 'case.write', 'session.use', 'tour.read', 'register.search', 'register.read'] },
    tenant: { name: 'Samtgemeinde Ilmenaugrund', accent: '#1d6b4f', functions: ['registration'] },
    staff: [{ id: '1', name: 'Jördis Łuczak' }, { id: '2', name: 'Cem Öztürk' }],
    ...(place === 'koffer' ? { tour: { name: 'Haus Abendsonne' } } : {}),
  }
  const answers: Record<string, unknown> = {
    'GET /api/session': signedIn,
    'GET /api/catalogue': {
      problems, procedures: [procedure],
      lists: {
        nationality: [{ code: '000', text: 'deutsch' }, { code: '163', text: 'türkisch' }, { code: '152', text: 'polnisch' }, { code: '999', text: 'ohne Angabe' }],
        street: [{ code: '00101', text: 'Am Sande' }, { code: '00102', text: 'Große Bäckerstraße' }, { code: '00103', text: 'Heiligengeiststraße' }],
      },
    },
  }
  globalThis.fetch = async (path, init) => {
    const answer = answers[`${init?.method ?? 'GET'} ${path}`] ?? { answer: { entries: [] }, certainty: 'here' }
    await new Promise((resolve) => setTimeout(resolve, 30))
    return new Response(JSON.stringify(answer))
  }
  setTimeout(() => {
    connected.set(true)
    line.set({ state: place === 'koffer' ? 'slow' : 'up', rate: 268_000, queue: { cases: 3, scans: 2, seconds: 240 } })
  }, 300)
}
