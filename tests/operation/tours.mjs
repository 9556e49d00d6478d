// A tour for tests: planned at the hub, fetched by a Koffer, a case begun on it.
import { Desk, isoDay, people, until } from '../e2e/demo.mjs';
import { scanPage } from '../e2e/material.mjs';

/** Who has a PIN goes along. Its id; `when` has a day of its own, `from` and `until`, or lasts all day today. */
export async function planTour(desk, device_id, when = {}) {
  const site = (await desk.query('site.list')).sites[0];
  const staff = (await desk.query('staff.list')).staff.filter((one) => one.has_pin);
  const tour = { day: isoDay(), from: '00:01', until: '23:59', ...when, site_id: site.id, staff: staff.map((one) => one.id), device_id };
  return (await desk.command('tour.plan', tour)).tour_id;
}

/** Deniz fetches it with the PIN; the Koffer's desk, signed in. */
export async function fetchTour(url, tour_id) {
  const desk = new Desk(url);
  const { tours } = await desk.get('/api/koffer/tours');
  const member = tours.find((one) => one.id === tour_id).staff.find((one) => one.name === 'Deniz Aydın');
  await desk.post('/api/koffer/check_out', { tour_id, user_id: member.id, pin: people.deniz.pin });
  await desk.pin(people.deniz);
  return desk;
}

/** @param page of the scan; the same one is known to a hub that has it */
export async function takeCase(desk, tour_id, title, page = 7) {
  const opened = await desk.command('case.open', { procedure: 'residence.registration', channel: 'koffer', title, tour_id });
  const { hash, size } = await desk.upload(scanPage(page, 40_000));
  await desk.command('case.attach', { case_id: opened.case_id, kind: 'lessor_confirmation', hash, size, title: 'Bestätigung', media_type: 'image/jpeg', original_seen: true });
  return opened;
}

/** Waits until the case of takeCase stands at the hub with its scan, whole: it is listed before it has one. */
export const scanAtHub = (desk, case_id) => until('the case and its scan at the hub', async () =>
  (await desk.query('case.get', { case_id })).documents.some((one) => one.verified), 60);
