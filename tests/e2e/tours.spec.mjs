// Plans change: a tour that has not left gets another day, is called off, its visits go over to another one, and another
// Koffer takes over.
import { expect, test } from '@playwright/test';
import { faults, lookAll, seen, watchFaults } from './axe.mjs';
import { Demo, Desk, isoDay, people } from './demo.mjs';
import { button, dialog, idIn, signInAtHub } from './desk_steps.mjs';

const demo = new Demo({ residents: 300 }); // two demos without a line would want the same ports for their Koffer
const visitor = 'Wéronika Łącka';
let page, first, second;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await demo.start();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' })).newPage();
  watchFaults(page, 'tours');
  const desk = new Desk(demo.hubUrl);
  await desk.password(people.jutta);
  const site_id = (await desk.query('site.list')).sites[0].id;
  const staff = (await desk.query('staff.list')).staff.filter((one) => one.has_pin).map(({ id }) => id);
  const device_id = (await desk.query('device.list')).devices.find((one) => one.state === 'active').id;
  const plan = async (day) => (await desk.command('tour.plan', { site_id, day: isoDay(day), from: '09:00', until: '12:00', staff, device_id })).tour_id;
  first = await plan(-7);
  second = await plan(-14);
  for (const [at, name] of [['09:30', visitor], ['10:30', 'Traute Meyerholz']])
    await desk.command('appointment.add', { tour_id: first, at, minutes: 30, procedure: 'residence.registration', name, consent: false });
  await signInAtHub(page, demo.hubUrl, people.jutta);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
});
test.afterAll(async () => {
  await demo.stop();
  demo.remove();
});

test('another day and time: the visits move along', async () => {
  await page.goto(`${demo.hubUrl}/touren/${first}`);
  await expect(page.getByText(visitor)).toBeVisible();
  await lookAll(page, 'tour-planned');
  await page.getByRole('link', { name: 'Ändern' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tour ändern');
  await expect(page.getByLabel('von', { exact: true })).toHaveValue('9:00');
  await expect(page.getByText('Alle Termine rücken mit')).toBeVisible();
  await lookAll(page, 'tour-change');
  const [year, month, day] = isoDay(-8).split('-');
  for (const box of await page.locator('#f-tour_day input').all()) await box.fill('');
  await page.locator('#f-tour_day input').first().focus();
  await page.keyboard.type(`${day}.${month}.${year}`);
  await page.getByLabel('von', { exact: true }).fill('13:00');
  await page.getByLabel('bis', { exact: true }).fill('14:00');
  await button(page, /^Änderung speichern/).click();
  await expect(page.getByText('Dann lägen Termine außerhalb der Tour.')).toBeVisible();
  await page.getByLabel('bis', { exact: true }).fill('16:00');
  await button(page, /^Änderung speichern/).click();
  await expect(page).toHaveURL(/touren\/[0-9A-Z]{26}$/);
  expect(idIn(page)).toBe(first);
  await expect(page.getByText('13:00–16:00 Uhr')).toBeVisible();
  await expect(page.locator('main li', { hasText: visitor })).toContainText('13:30');
});

test('a visit at another time, and with another tour', async () => {
  const visit = page.locator('main li', { hasText: visitor });
  await button(page, 'Verlegen', visit).click();
  const box = dialog(page);
  await expect(box.getByLabel('Auf welche Tour?')).toBeVisible();
  await box.getByLabel('Uhrzeit').fill('15:00');
  await lookAll(page, 'tour-move');
  await button(page, 'Verlegen', box).click();
  await expect(visit).toContainText('15:00');
  await button(page, 'Verlegen', visit).click();
  await dialog(page).getByLabel('Auf welche Tour?').selectOption(second);
  await dialog(page).getByLabel('Uhrzeit').fill('11:00');
  await button(page, 'Verlegen', dialog(page)).click();
  await expect(visit).toHaveCount(0);
  await page.goto(`${demo.hubUrl}/touren/${second}`);
  await expect(page.locator('main li', { hasText: visitor })).toContainText('11:00');
});

test('another Koffer, when there is one', async () => {
  await button(page, 'Anderer Koffer').click();
  await expect(dialog(page).getByText('Ein anderer Koffer übernimmt')).toBeVisible();
  await expect(dialog(page).getByText('Kein anderer Koffer ist einsatzbereit.')).toBeVisible();
  await lookAll(page, 'tour-reassign');
  await button(page, 'Abbrechen', dialog(page)).click();
});

test('called off: said everywhere, and the visits can still go elsewhere', async () => {
  await button(page, 'Absagen').click();
  const box = dialog(page);
  await button(page, 'Ja, Tour absagen', box).click();
  await expect(box.getByText(/Ein Wort zum Grund genügt/)).toBeVisible();
  await lookAll(page, 'tour-cancel');
  await box.getByLabel('Warum?').fill('Glatteis');
  await button(page, 'Ja, Tour absagen', box).click();
  await expect(page.getByText('Diese Tour ist abgesagt: Glatteis')).toBeVisible();
  await lookAll(page, 'tour-cancelled');
  await expect(button(page, 'Absagen')).toHaveCount(0);
  await button(page, 'Verlegen', page.locator('main li', { hasText: visitor })).click();
  await dialog(page).getByLabel('Uhrzeit').fill('14:00');
  await button(page, 'Verlegen', dialog(page)).click();
  await expect(page.getByText('Diese Tour hat keine Termine.')).toBeVisible();
  await page.getByRole('link', { name: 'Touren', exact: true }).click();
  await expect(page.locator('main tbody tr', { hasText: 'abgesagt' })).toHaveCount(1);
  await lookAll(page, 'tours-cancelled');
  await page.getByRole('link', { name: 'Heute', exact: true }).click();
  await expect(page.getByText('abgesagt')).toHaveCount(0);
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
