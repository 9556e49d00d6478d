// Beginning a case, from the list of cases, a person's page or an appointment.
import { command, procedureById, session, type Certainty } from '$api'

export interface Beginning {
  /** Who it is about, as it shall stand in lists. */
  name: string
  person_id?: string
  appointment_id?: string
  tour_id?: string
  procedure?: string
}

/** Opens a case at this place; answers with its id and number. */
export async function openCase({ name, procedure = 'residence.registration', ...more }: Beginning): Promise<{ id: string; number: string; certainty: Certainty }> {
  const here = session.get()
  const koffer = here?.place === 'koffer'
  const tour = more.tour_id ?? (koffer ? here.choices?.tour?.id : undefined)
  const what = procedure === 'residence.registration' ? 'Anmeldung' : (procedureById(procedure)?.title.de ?? procedure)
  const { answer, certainty } = await command('case.open', {
    procedure, channel: koffer ? 'koffer' : 'counter', title: `${what}: ${name.trim()}`.slice(0, 200),
    ...(more.person_id ? { person_id: more.person_id } : {}), ...(more.appointment_id ? { appointment_id: more.appointment_id } : {}), ...(tour ? { tour_id: tour } : {}),
  })
  return { id: answer.case_id, number: answer.number, certainty }
}
