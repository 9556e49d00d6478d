// Beginning a case: from an appointment, for a person, or with nobody in particular.
import { command, session } from '$api'
import { navigate } from './router.svelte'

export const registration = 'residence.registration'

export interface Beginning {
  /** Whom it is about, as it stands in lists until the form says so. */
  title: string
  person_id?: string | null
  appointment_id?: string | null
  /** At a Koffer the tour it has, if none is named. */
  tour_id?: string | null
  procedure?: string
}

/** Opens the case and goes to it. Throws Problem. */
export async function beginCase({ title, procedure = registration, tour_id, ...others }: Beginning): Promise<void> {
  const here = session.get()
  const koffer = here?.place === 'koffer'
  const named = { ...others, tour_id: tour_id ?? (koffer ? here.choices?.tour?.id : undefined) }
  const known = Object.fromEntries(Object.entries(named).filter(([, id]) => id)) as Record<keyof typeof named, string>
  const { answer } = await command('case.open', { procedure, channel: koffer ? 'koffer' : 'counter', title: title.trim().slice(0, 200), ...known })
  navigate(`/vorgaenge/${answer.case_id}`)
}
