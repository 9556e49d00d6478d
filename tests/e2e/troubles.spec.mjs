// What nobody wishes for, each provoked with the real programs: a full disk, a clock that is wrong, a tour that is over, a
// store that cannot be read, a Koffer that was revoked, two clerks at one person. Plain words, a way on, nothing typed is lost.
import { expect, test } from '@playwright/test';
import { closeSync, copyFileSync, openSync, readSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { faults, look, lookAll, seen } from './axe.mjs';
import { isoDay, people, tenant } from './demo.mjs';
import { awake, button, dialog, openPerson, select, signInAtHub, signInAtKoffer } from './desk_steps.mjs';
import { Office, clock } from './tour_steps.mjs';

const place = new Office();
const koffer = 'koffer';
let page;

test.describe.configure({ mode: 'serial' });

async function beginCase(one) {
  await one.getByRole('link', { name: 'Heute', exact: true }).click();
  await button(one, /^Anmeldung ohne Termin|^Neue Anmeldung/).first().click();
  await expect(one.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
  await select(one, 'exemption', 'none');
  await expect(one.getByText(/hier gespeichert um/).first()).toBeVisible();
}
const familyName = (one) => one.locator('#f-persons-0-person-family_name');
/** Turns a bit in the first page of a file and one in the middle. */
function flip(path) {
  const file = openSync(path, 'r+'), byte = Buffer.alloc(1);
  for (const at of [200, Math.floor(statSync(path).size / 2)]) {
    readSync(file, byte, 0, 1, at);
    byte[0] ^= 0x10;
    writeSync(file, byte, 0, 1, at);
  }
  closeSync(file);
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await place.open(browser);
  await place.planTour(isoDay());
});
test.afterEach(({}, { status }) => void (status !== 'passed' && place.lastWords()));
test.afterAll(() => place.remove());

test('the disk is full: what is typed stays, and is kept as soon as there is room', async () => {
  // A Koffer of its own: with its small disk goes its past, and the hub takes nothing more from such a one.
  const full = 'full', atFull = await place.configureKoffer(full);
  await place.planTour(isoDay(), place.enrol(full, tenant));
  await place.start(full, ['node', '--config', place.path(`${full}.toml`)], atFull, {}, 24);
  page = await place.page('Koffer');
  await place.fetchTour(page, atFull);
  await beginCase(page);
  await familyName(page).pressSequentially('Vorher', { delay: 10 });
  await expect(page.getByText(/hier gespeichert um/).first()).toBeVisible();
  const filler = place.inside(full, 'filler');
  for (const size of [1 << 20, 1 << 16, 1 << 12])
    try { for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' }); } catch { /* full */ }
  await familyName(page).pressSequentially('-Nachher', { delay: 10 });
  await page.keyboard.press('Tab');
  await expect(page.getByText('Der Speicher ist voll', { exact: false }).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/Was Sie getippt haben, steht unverändert hier/)).toBeVisible();
  await lookAll(page, 'trouble-disk-full');
  rmSync(filler);
  await expect(page.getByText('Der Speicher ist voll', { exact: false })).toHaveCount(0, { timeout: 30_000 });
  await page.reload();
  await expect(familyName(page)).toHaveValue('Vorher-Nachher');
  await page.context().close();
  await place.stop(full);
});

test('the clock is hours off: said on every page, with what to do', async () => {
  await place.startKoffer(clock(5));
  page = await place.page('Koffer');
  await place.fetchTour(page);
  await expect(page.getByText('Die Uhr dieses Koffers geht 5 Stunden vor.')).toBeVisible({ timeout: 20_000 });
  await lookAll(page, 'trouble-clock');
  await page.getByRole('link', { name: 'Vorgänge', exact: true }).click();
  await expect(page.getByText('Die Uhr dieses Koffers geht 5 Stunden vor.')).toBeVisible();
  await place.stop(koffer);
  await page.context().close();
});

test('the tour is over: no more work with it, and what waits still goes home', async () => {
  await place.startKoffer();
  page = await place.page('Koffer');
  await page.goto(place.url);
  await signInAtKoffer(page, 'Deniz Aydın', people.deniz.pin);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  await place.stop('hub');
  await beginCase(page);
  await familyName(page).pressSequentially('Rest', { delay: 10 });
  await place.stop(koffer);
  await place.startKoffer(clock(72));
  await page.goto(place.url);
  await expect(page.getByText('Diese Tour ist abgelaufen.').first()).toBeVisible();
  await lookAll(page, 'trouble-expired');
  // Nobody has to sign in, nobody could: what waits is sealed and goes home by itself, or on a stick.
  await expect(page.getByText('liegt versiegelt auf dem Koffer')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Versiegelte Arbeit auf einen Stick speichern' })).toBeVisible();
  await expect(page.getByLabel('PIN')).toHaveCount(0);
  await place.startHub();
  await expect(page.getByText(/keine Tour/).first()).toBeVisible({ timeout: 90_000 });
  await look(page, 'trouble-expired-home');
  const desk = await place.hubDesk();
  expect((await desk.query('case.list', { limit: 50 })).cases.some(({ channel }) => channel === 'koffer')).toBe(true);
  await place.stop(koffer);
});

test('five wrong PINs at a Koffer: how many are left is said, then how long it takes; the other of the tour goes on', async () => {
  await place.planTour(isoDay(-1));
  await place.startKoffer();
  await place.fetchTour(page);
  await place.stop(koffer);
  await place.startKoffer();
  await page.goto(place.url);
  await button(page, 'Marta Nowak').click();
  const enter = async (pin, words) => {
    await page.getByLabel('PIN', { exact: true }).fill(pin);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText(words);
  };
  for (const left of [4, 3, 2, 1]) await enter('111111', `Noch ${left} Versuche`);
  for (const pin of ['111111', people.marta.pin]) await enter(pin, 'Auf diesem Koffer wurde Ihre PIN zu oft falsch eingegeben.');
  await expect(page.getByRole('alert')).toContainText(/Warten Sie \d+ Minuten/);
  await lookAll(page, 'trouble-pin-locked');
  await page.goto(place.url);
  await signInAtKoffer(page, 'Deniz Aydın', people.deniz.pin);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  await place.stop(koffer);
});

test('the tour on the Koffer cannot be read: said at the sign-in, with who can help', async () => {
  flip(place.path(join(koffer, 'tour', 'store.db')));
  await place.startKoffer();
  await page.goto(place.url);
  await signInAtKoffer(page, 'Deniz Aydın', people.deniz.pin);
  await expect(page.getByRole('alert')).toContainText('nicht lesbar');
  await expect(page.getByRole('alert')).toContainText('IT');
  await lookAll(page, 'trouble-koffer-damaged');
  await place.stop(koffer);
});

test('the register of an authority cannot be read: said at the sign-in; the other one works', async () => {
  await place.stop('hub');
  const store = place.path(join('hub', 'tenants', tenant, 'store.db')), before = place.path('store.before');
  copyFileSync(store, before);
  flip(store);
  await place.startHub();
  const hub = await place.page('hub');
  await signInAtHub(hub, place.hubUrl, people.jutta);
  await expect(hub.getByRole('alert')).toContainText('nicht lesbar');
  await expect(hub.getByRole('alert')).toContainText('IT');
  await lookAll(hub, 'trouble-hub-damaged');
  await hub.context().close();
  await place.stop('hub');
  copyFileSync(before, store);
  await place.startHub();
});

test('two clerks at one person: each sees the other, and nobody overwrites unseen', async () => {
  const jutta = await place.page('Jutta'), helga = await place.page('Helga');
  await signInAtHub(jutta, place.hubUrl, people.jutta);
  await signInAtHub(helga, place.hubUrl, people.helga);
  for (const one of [jutta, helga]) {
    await openPerson(one, 'Erna Luise Schroder', 'Berichtigung von Amts wegen');
    await expect(one.getByRole('heading', { level: 1 })).toContainText('Schroder');
    await one.keyboard.press('b');
    await expect(dialog(one).getByText('Im Register steht')).toBeVisible();
    await dialog(one).getByLabel('Richtig ist').fill(one === jutta ? 'Schröder' : 'Schroeder');
    await dialog(one).getByLabel('Woher wissen Sie das?').fill('Geburtsurkunde 12/1938');
  }
  await jutta.keyboard.press('Enter');
  await expect(dialog(jutta)).toHaveCount(0);
  await helga.keyboard.press('Enter');
  await expect(dialog(helga).getByText('Gerade geändert: Im Register steht jetzt „Schröder“.')).toBeVisible();
  await lookAll(helga, 'trouble-two-correct');
  await helga.keyboard.press('Escape');
  await expect(dialog(helga)).toHaveCount(0);
  await expect(helga.getByRole('heading', { level: 1 })).toContainText('Schröder');
  for (const one of [jutta, helga]) {
    await awake(one, one === jutta ? people.jutta.password : people.helga.password);
    await one.keyboard.press('n');
    await expect(one.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
  }
  await expect(helga.getByText(/Zu dieser Person läuft noch Vorgang .* von Jutta Petersen/)).toBeVisible();
  await lookAll(helga, 'trouble-two-begin');
  // Both in one case: what the other typed is offered, never taken without asking.
  await helga.goto(jutta.url());
  await expect(helga.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
  await select(helga, 'exemption', 'none');
  await expect(helga.getByText(/hier gespeichert um/).first()).toBeVisible();
  await expect(jutta.getByText(/^Helga Tietjen hat .* an diesem Vorgang getippt\.$/)).toBeVisible({ timeout: 40_000 });
  await lookAll(jutta, 'trouble-two-type');
  await button(jutta, 'Den anderen Stand übernehmen').click();
  await expect(jutta.locator('#f-exemption')).toHaveValue('none');
  await jutta.context().close();
  await helga.context().close();
});

test('a Koffer is revoked: asked for a reason at the hub, said on the Koffer with who can help', async () => {
  rmSync(place.path(join(koffer, 'tour')), { recursive: true, force: true });
  await place.startKoffer();
  await page.goto(place.url);
  await expect(page.locator('button.tour').first()).toBeVisible({ timeout: 30_000 });
  const admin = await place.page('admin');
  await signInAtHub(admin, place.hubUrl, people.olaf);
  await admin.getByRole('link', { name: 'Verwaltung', exact: true }).click();
  await admin.getByRole('tab', { name: /^Koffer/ }).click();
  await button(admin, 'Sperren', admin.locator('main tbody tr', { hasText: koffer })).click();
  await button(admin, 'Sperren', dialog(admin)).click();
  await expect(dialog(admin).getByText('Schreiben Sie, warum.', { exact: false })).toBeVisible();
  await dialog(admin).getByLabel(/^Warum/).fill('Im Bus liegen geblieben');
  await lookAll(admin, 'trouble-revoke');
  await button(admin, 'Sperren', dialog(admin)).click();
  await expect(admin.getByText('gesperrt', { exact: true })).toBeVisible();
  await button(page, 'Noch einmal nachsehen').click();
  await expect(page.getByText('Dieses Gerät ist gesperrt.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Melden Sie sich bei der IT.', { exact: false })).toBeVisible();
  await lookAll(page, 'trouble-revoked');
  await admin.context().close();
});

test('a Koffer is reported lost: what is missing is said, then it is locked and the report for the police is there', async () => {
  const helga = await place.page('lead');
  await signInAtHub(helga, place.hubUrl, people.helga);
  await expect(helga.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  await helga.goto(`${place.hubUrl}/verlust`);
  await expect(helga.getByText('Kein Koffer ist als verloren gemeldet.')).toBeVisible();
  await button(helga, 'Koffer verloren melden').click();
  await button(helga, 'Melden und sperren', dialog(helga)).click();
  await expect(dialog(helga).getByText('Wählen Sie den Koffer.')).toBeVisible();
  await expect(dialog(helga).getByLabel('Welcher Koffer')).toBeFocused();
  await expect(dialog(helga).getByLabel('Wo', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await lookAll(helga, 'trouble-loss-missing');
  await dialog(helga).getByLabel('Welcher Koffer').selectOption({ label: 'full' });
  await dialog(helga).getByLabel('Wo', { exact: true }).fill('Parkplatz am Kurhaus');
  await dialog(helga).getByLabel('Was ist geschehen?').fill('Scheibe des Dienstwagens eingeschlagen');
  await button(helga, 'Melden und sperren', dialog(helga)).click();
  const row = helga.locator('main tbody tr', { hasText: 'full' });
  await expect(row.getByText('noch nicht vernichtet')).toBeVisible();
  await lookAll(helga, 'trouble-loss');
  const report = await helga.request.get(new URL(await row.getByRole('link', { name: 'Bericht (PDF)' }).getAttribute('href'), place.hubUrl).href);
  expect((await report.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await helga.context().close();
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
