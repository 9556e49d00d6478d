// Steps 2 to 8 of the main job in real browsers: one story on one demo, at the hub and at the Koffer.
import { expect, test } from '@playwright/test';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { faults, look, seen } from './axe.mjs';
import { Demo, isoDay, people, until } from './demo.mjs';
import { pdfText } from './material.mjs';
import { button, correctFamilyName, dialog, drawSignature, fillRegistration, letter, openPerson, scans, signInAtHub, signInAtKoffer } from './desk_steps.mjs';

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
  for (const [name, page] of Object.entries({ hub, koffer })) {
    page.on('pageerror', (error) => faults.push(`${name}: script error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()) && faults.push(`${name}: ${message.text()}`));
  }
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
  await hub.getByLabel('Wohin?').selectOption({ index: 1 });
  await hub.getByLabel('von', { exact: true }).fill('0:01');
  await hub.getByLabel('bis', { exact: true }).fill('23:59');
  await hub.getByText('Deniz Aydın', { exact: true }).click();
  await hub.getByText('Marta Nowak', { exact: true }).click();
  await look(hub, 'hub-plan');
  await button(hub, /^Tour anlegen/).click();
  await expect(hub).toHaveURL(/touren\/[0-9A-Z]{26}$/);
  story.tour = hub.url().split('/').at(-1);
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
