// A Koffer whose clock is ahead wipes its tour before its end: the office sees it on every page that shows the tour, can fetch it
// anew or end it. Beside it, how Heute, the tours and the losses look in the states they have then.
import { expect, test } from '@playwright/test';
import { faults, lookAll, seen } from './axe.mjs';
import { isoDay, people, until } from './demo.mjs';
import { button, dialog, signInAtHub } from './desk_steps.mjs';
import { Office, clock } from './tour_steps.mjs';

const office = new Office();
const pages = {};
let tour;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await office.open(browser);
  tour = await office.planTour(isoDay());
  await office.startKoffer();
  pages.koffer = await office.page('Koffer');
  await office.fetchTour(pages.koffer);
});
test.afterEach(({}, { status }) => void (status !== 'passed' && office.lastWords()));
test.afterAll(() => office.remove());

const atHub = async () => (await (await office.hubDesk()).query('tour.get', { tour_id: tour })).tour;
const emptied = 'Auf dem Koffer ist von dieser Tour nichts mehr.';
const state = (page, words) => expect(page.locator('main header').getByText(words, { exact: true })).toBeVisible({ timeout: 30_000 });
/** Three days too early the Koffer takes the tour for expired. */
async function clockGoesAhead() {
  await office.stop('koffer');
  await office.startKoffer(clock(72));
  await until('the hub hears that it is empty', async () => (await atHub()).wiped_ms, 60);
}
async function signedIn(name) {
  const page = (pages[name] = await office.page(name));
  await signInAtHub(page, office.hubUrl, people[name]);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  return page;
}

test('while the tour is out: Heute, the tours and the tour say so', async () => {
  const helga = await signedIn('helga');
  await expect(helga.locator('main a', { hasText: 'unterwegs' })).toBeVisible();
  await lookAll(helga, 'tour-out-today');
  await helga.getByRole('link', { name: 'Touren', exact: true }).click();
  await helga.locator('main tbody tr', { hasText: 'unterwegs' }).click();
  await state(helga, 'unterwegs');
  await expect(button(helga, 'Tour beenden')).toHaveCount(0);
});

test('wiped too early: "Koffer leer" where the tour is shown, why, and what to do', async () => {
  const { helga } = pages;
  await clockGoesAhead();
  expect((await atHub()).state).toBe('out');
  await state(helga, 'Koffer leer');
  await expect(helga.getByText(emptied)).toBeVisible();
  await expect(helga.getByText('vermutlich ging seine Uhr vor')).toBeVisible();
  await lookAll(helga, 'tour-emptied');
  await helga.getByRole('link', { name: 'Touren', exact: true }).click();
  await expect(helga.locator('main tbody tr', { hasText: 'Koffer leer' })).toContainText('Neu abholen oder beenden');
  await lookAll(helga, 'tours-emptied');
  await helga.getByRole('link', { name: 'Heute', exact: true }).click();
  await expect(helga.locator('main a', { hasText: 'Koffer leer' })).toBeVisible();
  await lookAll(helga, 'today-emptied');
});

test('who may not go on tours reads who can end it', async () => {
  const jutta = await signedIn('jutta');
  await jutta.goto(`${office.hubUrl}/touren/${tour}`);
  await expect(jutta.getByText(emptied)).toBeVisible();
  await expect(jutta.getByText('Sonst beendet sie jemand mit der Rolle „Sachbearbeitung mit Koffer“ oder „Leitung“.')).toBeVisible();
  await expect(button(jutta, 'Tour beenden')).toHaveCount(0);
  await lookAll(jutta, 'tour-emptied-clerk');
});

test('with its clock put right the Koffer fetches the tour anew, and the page follows', async () => {
  const { helga, koffer } = pages;
  await helga.goto(`${office.hubUrl}/touren/${tour}`);
  await expect(helga.getByText(emptied)).toBeVisible();
  await office.stop('koffer');
  await office.startKoffer();
  await office.fetchTour(koffer);
  await state(helga, 'unterwegs');
  await expect(helga.getByText(emptied)).toHaveCount(0);
  await expect(helga.getByText('Koffer geleert')).toHaveCount(0);
});

test('or the office ends the tour: it is over, and no Koffer is offered it', async () => {
  const { helga, koffer } = pages;
  await clockGoesAhead();
  await state(helga, 'Koffer leer');
  await button(helga, 'Tour beenden').click();
  await state(helga, 'beendet');
  await expect(helga.getByText(emptied)).toHaveCount(0);
  await expect(button(helga, 'Tour beenden')).toHaveCount(0);
  await lookAll(helga, 'tour-ended-at-office');
  expect((await atHub()).state).toBe('in');
  await helga.getByRole('link', { name: 'Touren', exact: true }).click();
  await expect(helga.locator('section', { hasText: 'Vergangen' }).locator('tbody tr', { hasText: 'beendet' })).toBeVisible();
  await expect(helga.getByText('Koffer leer')).toHaveCount(0);
  await lookAll(helga, 'tours-ended');
  await office.stop('koffer');
  await office.startKoffer();
  await koffer.goto(office.url);
  await expect(koffer.getByText(/keine Tour/).first()).toBeVisible({ timeout: 30_000 });
  await expect(koffer.locator('button.tour')).toHaveCount(0);
});

test('a loss: reported while the Koffer is away, and its keys gone at its next contact', async () => {
  const { helga } = pages;
  await office.stop('koffer');
  await helga.goto(`${office.hubUrl}/verlust`);
  await lookAll(helga, 'losses-none');
  await button(helga, 'Koffer verloren melden').click();
  await dialog(helga).getByLabel('Welcher Koffer').selectOption({ label: 'koffer' });
  await dialog(helga).getByLabel('Wo', { exact: true }).fill('Parkplatz am Kurhaus');
  await dialog(helga).getByLabel('Was ist geschehen?').fill('Scheibe des Dienstwagens eingeschlagen');
  await lookAll(helga, 'losses-report');
  await button(helga, 'Melden und sperren', dialog(helga)).click();
  await expect(helga.getByText('noch nicht vernichtet')).toBeVisible();
  await office.startKoffer();
  await expect(helga.getByText(/^vernichtet/)).toBeVisible({ timeout: 60_000 });
  // The only Koffer there is was reported: there is none to report any more.
  await expect(button(helga, 'Koffer verloren melden')).toHaveCount(0);
  await lookAll(helga, 'losses-gone');
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
