// Beginning a registration: from an appointment, for a person, or with nobody in particular.
import { command, session } from '$api'
import { navigate } from './router.svelte'

export const registration = 'residence.registration'

export interface Beginning {
  title: string
  person_id?: string | null
  appointment_id?: string | null
  tour_id?: string | null
  procedure?: string
}

/** Opens the case and goes to it. Throws Problem. */
export async function beginCase({ title, person_id, appointment_id, tour_id, procedure = registration }: Beginning): Promise<void> {
  const koffer = session.get()?.place === 'koffer'
  const { answer } = await command('case.open', {
    procedure,
    channel: koffer ? 'koffer' : 'counter',
    title,
    ...(person_id ? { person_id } : {}),
    ...(appointment_id ? { appointment_id } : {}),
    ...(tour_id ? { tour_id } : {}),
  })
  navigate(`/vorgaenge/${answer.case_id}`)
}
