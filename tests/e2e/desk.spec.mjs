// Steps 2 to 8 of the main job in real browsers: one story on one demo, at the hub and at the Koffer.
import { expect, test } from '@playwright/test';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { faults, look, seen, watchFaults } from './axe.mjs';
import { Demo, isoDay, people } from './demo.mjs';
import { pdfText } from './material.mjs';
import { awake, button, correctFamilyName, dialog, drawSignature, fillRegistration, idIn, letter, openPerson, scans, select, signInAtHub, signInAtKoffer } from './desk_steps.mjs';

const demo = new Demo({ residents: 500 });
const person = { family: 'Łącka-M̂ẖőỳ', given: 'Wéronika Zoë' };
const resident = 'Erna Luise Schroder';
const story = {};
let hub, koffer, paper;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await demo.start();
  const options = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' };
  hub = await (await browser.newContext(options)).newPage();
  koffer = await (await browser.newContext(options)).newPage();
  paper = await scans(browser);
  for (const [name, page] of Object.entries({ hub, koffer })) watchFaults(page, name);
});
test.afterAll(async () => {
  await demo.stop();
  demo.remove();
  if (paper) rmSync(paper.folder, { recursive: true, force: true });
});

test('2a: wrong password, then the hub’s desk', async () => {
  await signInAtHub(hub, demo.hubUrl, { ...people.jutta, password: 'nicht-das-Passwort' });
  await expect(hub.getByRole('alert')).toBeVisible();
  await expect(hub.getByLabel('Passwort')).toHaveValue('');
  await look(hub, 'hub-sign-in');
  await signInAtHub(hub, demo.hubUrl, people.jutta);
  await expect(hub.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  await expect(hub.getByText('Keine Tour geplant.')).toBeVisible();
  await look(hub, 'hub-today');
});

test('2b: a tour with one person of the register and one known by name', async () => {
  await hub.getByRole('link', { name: 'Touren', exact: true }).click();
  await expect(hub.getByRole('heading', { level: 1 })).toHaveText('Touren');
  await look(hub, 'hub-tours-empty');
  await hub.keyboard.press('n');
  await hub.getByLabel('Wohin?').selectOption({ label: 'Seniorenheim Haus am Mühlbach, Testhausen' });
  await hub.getByLabel('von', { exact: true }).fill('0:01');
  await hub.getByLabel('bis', { exact: true }).fill('23:59');
  await hub.getByText('Deniz Aydın', { exact: true }).click();
  await hub.getByText('Marta Nowak', { exact: true }).click();
  await look(hub, 'hub-plan');
  await button(hub, /^Tour anlegen/).click();
  await expect(hub).toHaveURL(/touren\/[0-9A-Z]{26}$/);
  story.tour = idIn(hub);
  await addFromRegister();
  await addByName();
  await expect(hub.getByText('mit Daten aus dem Register')).toBeVisible();
  await expect(hub.getByText('nur mit Namen', { exact: false }).first()).toBeVisible();
  await look(hub, 'hub-tour');
});

async function addFromRegister() {
  await expect(hub.getByText('Noch kein Termin.')).toBeVisible();
  await hub.keyboard.press('n');
  const box = dialog(hub);
  await box.getByLabel(/^Name und Geburtsdatum/).fill(resident);
  await hub.keyboard.press('Enter');
  await expect(box.locator('tbody tr').first()).toBeFocused();
  await look(hub, 'hub-add-search');
  await hub.keyboard.press('Enter');
  await box.getByText(/ist einverstanden/).click();
  await look(hub, 'hub-add-person');
  await button(hub, /^Hinzufügen/, box).click();
  await expect(box).toBeHidden();
}

async function addByName() {
  await hub.keyboard.press('n');
  const box = dialog(hub);
  await box.getByText('Nur mit Namen', { exact: true }).click();
  await box.getByLabel('Vor- und Familienname').fill(`${person.given} ${person.family}`);
  await button(hub, /^Hinzufügen/, box).click();
  await expect(box).toBeHidden();
}

test('2c: the Koffer fetches the tour by PIN', async () => {
  await koffer.goto(demo.kofferUrl);
  await expect(koffer.getByText('Welche holen Sie ab?')).toBeVisible();
  await look(koffer, 'koffer-fetch');
  await koffer.locator('button.tour').first().click();
  await signInAtKoffer(koffer, 'Deniz Aydın', '111111');
  await expect(koffer.getByRole('alert')).toBeVisible();
  await look(koffer, 'koffer-wrong-pin');
  await koffer.getByLabel('PIN', { exact: true }).fill(people.deniz.pin);
  await koffer.keyboard.press('Enter');
  await expect(koffer.getByRole('link', { name: 'Heute', exact: true })).toBeVisible({ timeout: 60_000 });
  await look(koffer, 'koffer-today');
});

test('3a: without a line: the whole registration by keyboard, with scans', async () => {
  await demo.line({ connected: false });
  await expect(koffer.getByText('Keine Leitung')).toBeVisible({ timeout: 60_000 });
  await koffer.getByRole('link', { name: 'Touren', exact: true }).click();
  await expect(koffer.locator('main tbody tr')).toHaveCount(1);
  await look(koffer, 'koffer-tours');
  await koffer.locator('main tbody tr').first().click();
  await expect(koffer.getByText(resident)).toBeVisible();
  await look(koffer, 'koffer-tour');
  await button(koffer, 'Beginnen', koffer.locator('main li', { hasText: person.family })).click();
  await expect(koffer.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
  story.case = idIn(koffer);
  await look(koffer, 'koffer-form-empty');
  await fillRegistration(koffer, { person, movedIn: isoDay(16) });
  await koffer.getByText('Das Original lag mir vor').click();
  await koffer.locator('main aside input[type=file][multiple]').setInputFiles(paper.paths);
  await expect(koffer.getByText('4 Blätter da').first()).toBeVisible();
  await expect(koffer.getByText(/hier gespeichert um/).first()).toBeVisible();
  await look(koffer, 'koffer-form');
});

test('3b: reviewed, signed on the screen, handed over, prechecked', async () => {
  await koffer.keyboard.press('Control+Enter');
  await expect(koffer.getByRole('heading', { name: 'Stimmt alles?' })).toBeFocused();
  await look(koffer, 'koffer-review');
  await koffer.keyboard.press('Control+Enter');
  await expect(koffer.getByRole('heading', { name: 'Erklärung und Unterschrift' })).toBeVisible();
  await look(koffer, 'koffer-sign');
  await button(koffer, 'Der Person zeigen').click();
  await drawSignature(koffer);
  await look(koffer, 'koffer-sign-whole');
  await drawSignature(koffer);
  await button(koffer, 'Unterschrift übernehmen').click();
  await expect(koffer.getByRole('heading', { name: 'Was die Person mitnimmt' })).toBeVisible();
  await handOver();
  await button(koffer, /^Weiter: Vorprüfung/).click();
  await button(koffer, /^Vorprüfung starten/).click();
  await expect(koffer.getByText('ohne Zentrale vorgeprüft').first()).toBeVisible();
  // What only the hub can check is one line, and no sentence of a sealed case lacks its day.
  await expect(koffer.locator('main li', { hasText: 'ganzen Register' })).toHaveCount(1);
  await expect(koffer.getByText(/ am \./)).toHaveCount(0);
  // It is sealed: nothing is offered that the Koffer would refuse, and no step pretends to be empty.
  await expect(koffer.getByRole('heading', { level: 1 })).toHaveText('Versiegelter Vorgang');
  for (const name of ['Vorgang drucken', 'Korrigieren', 'Zurückziehen', 'Noch einmal prüfen']) await expect(button(koffer, name)).toHaveCount(0);
  await look(koffer, 'koffer-precheck');
  await koffer.getByRole('link', { name: /Aushändigen/ }).click();
  await expect(koffer.getByText('Das ist nur noch in der Zentrale zu lesen.')).toBeVisible();
  await look(koffer, 'koffer-sealed');
  await koffer.getByRole('link', { name: /Vorprüfung/ }).click();
  await expect(koffer.getByText('Keine Leitung')).toBeVisible();
});

async function handOver() {
  const item = (title) => koffer.locator('main li', { has: koffer.getByRole('heading', { name: title, exact: true }) });
  for (const title of ['Hinweise zum Datenschutz', 'Kopie der Erklärung', 'Empfangsbestätigung']) {
    const bytes = await letter(koffer, item(title), /^(Öffnen|Ausstellen) und drucken/);
    if (title !== 'Hinweise zum Datenschutz') expect(pdfText(bytes)).toContain('Łącka');
    if (title === 'Empfangsbestätigung') {
      story.receipt = (await item(title).textContent()).match(/K1-Q\d{6}/)[0];
      expect(pdfText(bytes)).toContain(story.receipt);
    }
    await button(koffer, 'Auf Papier mitgegeben', item(title)).click();
    await expect(item(title).getByText(/auf Papier mitgegeben,/)).toBeVisible();
  }
  await look(koffer, 'koffer-hand-over');
}

test('3c: the resident of the tour is corrected at both sides', async () => {
  await awake(hub, people.jutta.password);
  await openPerson(hub, resident, 'Berichtigung von Amts wegen');
  await correctFamilyName(hub, 'Schroder', 'Schröder', 'Geburtsurkunde 12/1938, Standesamt Testhausen');
  await look(hub, 'hub-person-corrected');
  await openPerson(koffer, resident);
  await look(koffer, 'koffer-person');
  await correctFamilyName(koffer, 'Schroder', 'Schroeder', 'Reisepass C01X00T47, Stadt Testhausen');
});

test('4: killed while somebody types: what was called stored is there', async () => {
  await koffer.getByRole('link', { name: 'Heute', exact: true }).click();
  await button(koffer, /^Anmeldung ohne Termin/).click();
  await expect(koffer.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
  story.second = idIn(koffer);
  await select(koffer, 'exemption', 'none');
  const name = koffer.locator('#f-persons-0-person-family_name');
  await name.pressSequentially('Mittendrin', { delay: 20 });
  await expect(koffer.getByText(/hier gespeichert um/).first()).toBeVisible();
  const typing = name.pressSequentially('-Weitergetippt', { delay: 40 });
  await demo.kill('node');
  await typing;
  await expect(koffer.getByText(/noch nicht gespeichert – wird wiederholt/).first()).toBeVisible();
  await look(koffer, 'koffer-killed');
  await demo.startProcess('node');
  await expect(koffer.getByText('Bitte melden Sie sich erneut an')).toBeVisible({ timeout: 60_000 });
  await look(koffer, 'koffer-again');
  await signInAtKoffer(koffer, 'Deniz Aydın', people.deniz.pin);
  await expect(name).toHaveValue('Mittendrin-Weitergetippt');
  await expect(koffer.getByText(/hier gespeichert um/).first()).toBeVisible();
  await koffer.reload();
  await expect(name).toHaveValue('Mittendrin-Weitergetippt');
  await button(koffer, 'Zurückziehen').click();
  await dialog(koffer).getByLabel('Warum?').fill('Nur ein Versuch');
  await look(koffer, 'koffer-withdraw');
  await button(koffer, 'Zurückziehen', dialog(koffer)).click();
  await expect(koffer.getByText('Dieser Antrag wurde zurückgezogen.')).toBeVisible();
});

test('5: the line returns, bad: the case appears at the hub without a reload', async () => {
  await awake(hub, people.jutta.password);
  await hub.getByRole('link', { name: 'Vorgänge', exact: true }).click();
  await expect(hub.getByText('Keine offenen Vorgänge.')).toBeVisible();
  await look(hub, 'hub-cases-empty');
  await hub.evaluate(() => (window.notReloaded = true));
  await demo.line({ profile: 'schlecht' });
  await demo.line({ connected: true });
  const row = hub.locator('main tbody tr', { hasText: person.given });
  await expect(row.getByText('ohne Zentrale vorgeprüft').filter({ visible: true })).toBeVisible({ timeout: 90_000 });
  expect(await hub.evaluate(() => window.notReloaded)).toBe(true);
  await look(hub, 'hub-cases');
  await look(koffer, 'koffer-sending');
  await row.click();
  await hub.getByRole('link', { name: /^Unterlagen/ }).click();
  // The scan of page 1 takes half a minute or more here; its small picture is there before.
  const preview = hub.getByRole('link', { name: /^Vorschau ansehen/ });
  await expect(preview).toBeVisible({ timeout: 60_000 });
  const small = await hub.request.get(new URL(await preview.getAttribute('href'), hub.url()).href);
  expect(small.headers()['content-type']).toBe('image/jpeg');
  expect((await small.body()).length).toBeLessThan(20 * 1024 + 1);
  await look(hub, 'hub-preview');
  await demo.line({ profile: 'gut' });
  // Four scans, the signature, three letters: each can be opened once it is whole.
  await expect(hub.locator('main li .about > a.kern-link')).toHaveCount(8, { timeout: 60_000 });
  await expect(preview).toHaveCount(0);
  await expect(hub.getByRole('link', { name: 'Heimvertrag' })).toBeVisible();
  await look(hub, 'hub-documents');
});

test('6a: checked against the register, booked, the official confirmation', async () => {
  await hub.getByRole('link', { name: /Register und Buchung/ }).click();
  await expect(button(hub, /^Buchen/)).toBeVisible();
  await look(hub, 'hub-book');
  await expect(hub.getByText('Im Register ist niemand Ähnliches.', { exact: false })).toBeVisible();
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByText('Die Anmeldung steht im Melderegister.')).toBeVisible();
  const words = pdfText(await letter(hub, hub.locator('main li', { hasText: 'Amtliche Meldebestätigung' }), /^Öffnen und drucken/));
  expect(words).toContain('Meldebestätigung');
  expect(words).toContain('Łącka');
  await expect(hub.getByRole('cell', { name: /Rückmeldung/ }).first()).toBeVisible();
  await look(hub, 'hub-booked');
  await hub.getByRole('link', { name: /^Verlauf/ }).click();
  await look(hub, 'hub-history');
});

test('6b: the register shows both dwellings, the outbox its deadlines, the Koffer that it is final', async () => {
  await hub.getByRole('link', { name: 'Zur Person' }).click();
  await expect(hub.getByRole('heading', { level: 1 })).toContainText(person.family);
  await expect(hub.getByText(/Mühlbachweg 12/).first()).toBeVisible();
  await hub.getByText('Frühere Wohnungen (1)').click();
  await expect(hub.getByText(/Dorfstraße 7/)).toBeVisible();
  await look(hub, 'hub-person');
  await hub.getByRole('link', { name: 'Nachrichten', exact: true }).click();
  await hub.getByRole('tab', { name: 'Ausgang' }).click();
  await expect(hub.locator('main tbody tr', { hasText: 'Rückmeldung' }).first()).toContainText(/\d{1,2}\.\d{1,2}\.\d{4}/);
  await look(hub, 'hub-outbox');
  await awake(koffer, people.deniz.pin);
  await koffer.getByRole('link', { name: 'Vorgänge', exact: true }).click();
  await koffer.getByLabel('Stand', { exact: true }).selectOption('all');
  // It was finished there: the Koffer knows how far it has come, not any more whose it is.
  await expect(koffer.locator('main tbody tr', { hasText: person.given })).toHaveCount(0);
  const row = koffer.locator('main tbody tr').filter({ hasNotText: 'zurückgezogen' }).first();
  await expect(row.getByText('endgültig')).toBeVisible({ timeout: 60_000 });
  await look(koffer, 'koffer-cases');
  await row.click();
  await expect(koffer.locator('main header').getByText('endgültig')).toBeVisible();
  await expect(koffer.getByText('Dieser Vorgang ist abgeschlossen und versiegelt.')).toBeVisible();
  await look(koffer, 'koffer-booked');
});

test('7: both values side by side; the clerk decides', async () => {
  await awake(hub, people.jutta.password);
  await hub.getByRole('link', { name: 'Konflikte', exact: true }).click();
  const card = hub.locator('main article').first();
  for (const words of ['Schröder', 'Schroeder', 'Jutta Petersen', 'Deniz Aydın', 'Koffer 1']) await expect(card).toContainText(words);
  await look(hub, 'hub-conflict');
  await hub.keyboard.press('2');
  await card.getByLabel(/^Begründung/).fill('Der Reisepass lag vor.');
  await look(hub, 'hub-conflict-chosen');
  await hub.keyboard.press('Enter');
  await expect(hub.getByText('Kein Widerspruch zu entscheiden.')).toBeVisible();
  await hub.getByRole('tab', { name: /^Entschieden/ }).click();
  await expect(hub.getByText('Der Reisepass lag vor.')).toBeVisible();
  await look(hub, 'hub-conflict-decided');
  await hub.getByRole('tab', { name: /^Zu klären/ }).click();
  await look(hub, 'hub-quarantine');
  await openPerson(hub, 'Schroeder Erna Luise');
  await expect(hub.getByRole('heading', { level: 1 })).toContainText('Schroeder');
});

test('8: handed back: the Koffer sends, waits for the second copy, and is empty', async () => {
  await awake(koffer, people.deniz.pin);
  await koffer.getByRole('link', { name: 'Touren', exact: true }).click();
  await koffer.locator('main tbody tr').first().click();
  const item = koffer.locator('main li', { hasText: 'Erna Luise' });
  await button(koffer, 'Vermerken', item).click();
  await look(koffer, 'koffer-mark');
  await button(koffer, 'Vermerken', dialog(koffer)).click();
  await expect(item.getByText('nicht angetroffen')).toBeVisible();
  await expect(koffer.locator('main li', { hasText: person.family }).getByText('erledigt')).toBeVisible();
  await button(koffer, 'Tour beenden').click();
  await look(koffer, 'koffer-end');
  await button(koffer, /^Ja, Tour beenden/).click();
  await expect(koffer.getByText('Auf diesem Koffer sind keine Daten mehr.', { exact: false })).toBeVisible({ timeout: 90_000 });
  await look(koffer, 'koffer-empty');
  expect(existsSync(join(demo.data, 'demo/koffer-1/tour'))).toBe(false);
  await hub.goto(`${demo.hubUrl}/touren/${story.tour}`);
  await expect(hub.getByText('Koffer geleert')).toBeVisible();
  await look(hub, 'hub-tour-over');
});

test('the screen locks after two minutes and keeps what was typed; a passkey opens the desk', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' })).newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  const url = demo.hubUrl.replace('127.0.0.1', 'localhost');
  await page.clock.install();
  await signInAtHub(page, url, people.marta);
  await registerPasskey(page);
  await button(page, 'Abmelden').click();
  await button(page, 'Mit Passkey anmelden').click();
  await expect(page.getByRole('button', { name: /Marta Nowak/ })).toBeVisible();
  await page.getByRole('link', { name: 'Vorgänge', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vorgänge');
  await page.keyboard.press('n');
  await dialog(page).getByLabel('Wer meldet sich an?').fill('Halb getippter Nam');
  await page.clock.fastForward('02:10');
  await expect(page.getByText('Der Bildschirm ist gesperrt')).toBeVisible();
  await look(page, 'hub-locked');
  await page.getByLabel('Passwort').fill(people.marta.password);
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Wer meldet sich an?')).toHaveValue('Halb getippter Nam');
  await expect(dialog(page).getByLabel('Wer meldet sich an?')).toBeFocused();
  await page.context().close();
});

async function registerPasskey(page) {
  await page.getByRole('button', { name: /Marta Nowak/ }).click();
  await page.getByRole('link', { name: 'Mein Konto' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mein Konto');
  await look(page, 'hub-account');
  await page.locator('#passkey-name').fill('Prüfgerät');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Prüfgerät/).first()).toBeVisible();
  await page.getByRole('button', { name: /Marta Nowak/ }).click();
  await look(page, 'hub-user-menu');
}

test('administration: accounts and Koffer', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' })).newPage();
  await signInAtHub(page, demo.hubUrl, people.olaf);
  await page.getByRole('link', { name: 'Verwaltung', exact: true }).click();
  await expect(page.getByText('marta.nowak')).toBeVisible();
  await look(page, 'hub-admin-users');
  await page.getByRole('tab', { name: /^Koffer/ }).click();
  await expect(page.getByText('einsatzbereit')).toBeVisible();
  await look(page, 'hub-admin-devices');
  await page.context().close();
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
