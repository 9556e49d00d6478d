// What people do at the desk, as small steps: by the words they see where there are words, by the field's path in the form.
import { expect } from '@playwright/test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signaturePng } from './material.mjs';
import { tenant } from './demo.mjs';

export const button = (page, name, within = page) => within.getByRole('button', { name, exact: typeof name === 'string' });
export const dialog = (page) => page.locator('dialog[open]').last();

/** The id in a page's address, whatever step of it is open. */
export const idIn = (page) => new URL(page.url()).pathname.split('/').at(-1);

// ---- signing in ----
export async function signInAtHub(page, url, person) {
  await page.goto(url);
  await page.getByLabel('Behörde').selectOption(tenant);
  await page.getByLabel('Anmeldename').fill(person.login);
  await page.getByLabel('Passwort').fill(person.password);
  await page.keyboard.press('Enter');
}

export async function signInAtKoffer(page, name, pin) {
  await button(page, name).click();
  await page.getByLabel('PIN', { exact: true }).fill(pin);
  await page.keyboard.press('Enter');
}

/** A screen nobody touched for two minutes locks; whoever sits down at it again unlocks it. */
export async function awake(page, secret) {
  if (!(await page.locator('#unlock-secret').isVisible())) return;
  await page.locator('#unlock-secret').fill(secret);
  await page.keyboard.press('Enter');
  await expect(page.locator('#unlock-secret')).toBeHidden();
}

// ---- the form, by path ----
const field = (page, path) => page.locator(`#f-${path.replaceAll('.', '-')}`);

/** Typed letter by letter where a keyboard has them, as an input method gives them where not; Enter goes on. */
export async function type(page, path, text) {
  await field(page, path).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}
export async function typeDate(page, path, iso) {
  const [year, month, day] = iso.split('-');
  await field(page, path).locator('input').first().focus();
  await page.keyboard.type(`${day}.${month}.${year}`);
}
/** Types the first letters and takes the entry named. */
export async function pick(page, path, text, entry = text) {
  const input = field(page, path);
  await input.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  const list = page.locator(`#f-${path.replaceAll('.', '-')}-list`);
  await list.getByRole('option').filter({ hasText: entry }).first().click();
}
export const answer = (page, path, index) => page.locator(`label[for="f-${path.replaceAll('.', '-')}-${index}"]`).click();
export const select = (page, path, value) => field(page, path).selectOption(value);

/** One person of the form: who it is, with the papers of whoever is 16 or older. */
export async function fillPerson(page, index, { family, given, born, place = 'Łódź', sex = 'weib', religion, status = 'verwit', since, serial }) {
  const at = (name) => `persons.${index}.${name}`;
  if (family !== undefined) await type(page, at('person.family_name'), family);
  await type(page, at('person.given_names'), given);
  await typeDate(page, at('person.birth_date'), born);
  await type(page, at('person.birth_place'), place);
  await pick(page, at('person.sex'), sex);
  // The first one's nationality and religion are proposed for the others.
  if (index === 0) await pick(page, at('person.nationalities'), 'deutsch');
  if (index === 0 || religion) await pick(page, at('person.religion'), religion ?? 'röm');
  await pick(page, at('person.marital_status'), status);
  if (since) await typeDate(page, at('person.marital_status_since'), since);
  if (!serial) return;
  await select(page, at('id_documents.0.doc_type'), 'PA');
  await type(page, at('id_documents.0.serial'), serial);
  await type(page, at('id_documents.0.issuing_authority'), 'Stadt Musterstedt');
  await typeDate(page, at('id_documents.0.valid_until'), '2031-08-01');
  await answer(page, at('id_documents.0.seen_original'), 0);
}

/** One more person by the key for it; what is proposed stands in it. */
export async function addPerson(page) {
  const count = await page.locator('details[id^="f-persons-"]').count();
  await page.keyboard.press('Control+Alt+p');
  await expect(page.locator(`#f-persons-${count}`)).toHaveAttribute('open', '');
}
/** Unfolds a person's card. */
export async function openCard(page, index) {
  const card = page.locator(`#f-persons-${index}`);
  if ((await card.getAttribute('open')) === null) await card.locator('summary').first().click();
  await expect(card).toHaveAttribute('open', '');
}

const musterstedt = { city: 'Musterstedt', postcode: '99102', street: 'Dorfstraße', house: '7' };

/** Where from, where to, and since when; from another municipality. */
export async function fillMove(page, movedIn, from = musterstedt) {
  await pick(page, 'new_dwelling.street_key', 'muhlb', 'Mühlbachweg');
  await expect(field(page, 'new_dwelling.postcode')).not.toHaveValue('');
  await type(page, 'new_dwelling.house_no', '12');
  await answer(page, 'dwelling_kind', 0);
  await typeDate(page, 'moved_in', movedIn);
  await answer(page, 'previous_kind', 0);
  await pick(page, 'previous_dwelling.ags', from.city);
  await type(page, 'previous_dwelling.postcode', from.postcode);
  await type(page, 'previous_dwelling.city', from.city);
  await type(page, 'previous_dwelling.street', from.street);
  await type(page, 'previous_dwelling.house_no', from.house);
  await answer(page, 'previous_kept', 1);
  await typeDate(page, 'previous_moved_out', movedIn);
  await answer(page, 'other_dwellings_asked', 0);
}

export async function fillLessor(page, movedIn) {
  await answer(page, 'lessor.lessor_form', 0);
  await type(page, 'lessor.lessor_name', 'Haus am Mühlbach gGmbH');
  await pick(page, 'lessor.lessor_address.ags', 'Testhausen');
  await type(page, 'lessor.lessor_address.postcode', '99101');
  await type(page, 'lessor.lessor_address.city', 'Testhausen');
  await type(page, 'lessor.lessor_address.street', 'Mühlbachweg');
  await type(page, 'lessor.lessor_address.house_no', '12');
  await typeDate(page, 'lessor.lessor_moved_in', movedIn);
  await page.locator('#f-lessor-lessor_persons-from').click();
}

export async function fillEnd(page, { family = 1 } = {}) {
  await answer(page, 'signer', 0);
  if (family > 1) {
    // One signs for all, after being told what that means.
    await answer(page, 'persons-signs', 0);
    await answer(page, 'family_assurance', 0);
    await page.locator('label[for="f-instructed_at"]').click();
  }
  await answer(page, 'delivery', 0);
  await answer(page, 'privacy_notice_given', 0);
}

/** P01 of one adult whose name is full of DIN 91379 letters, who came from another municipality. */
export async function fillRegistration(page, { person, movedIn }) {
  await select(page, 'exemption', 'none');
  await fillPerson(page, 0, { ...person, born: '1941-04-03', serial: 'LZ6311T47' });
  await fillMove(page, movedIn);
  await fillLessor(page, movedIn);
  await fillEnd(page);
}

// ---- what lies on the table ----
/** Photographs, a scan and a PDF in a folder of their own, made by the browser itself. */
export async function scans(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'wanderamt-scans-'));
  const page = await browser.newPage();
  const photograph = (words, scale = 1, quality = 0.6) => page.evaluate(([text, scale, quality]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 620 * scale, height: 877 * scale });
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    pen.fillStyle = '#f6f3ea';
    pen.fillRect(0, 0, 620, 877);
    pen.fillStyle = '#222';
    pen.font = '22px serif';
    for (let row = 0; row < 24; row++) pen.fillText(`${text}, Zeile ${row + 1}`, 50, 80 + row * 32);
    return canvas.toDataURL('image/jpeg', quality).split(',')[1];
  }, [words, scale, quality]);
  const files = {
    'Bestätigung Seite 1.jpg': Buffer.from(await photograph('Wohnungsgeberbestätigung', 2, 0.95), 'base64'),
    'Bestätigung Seite 2.jpg': Buffer.from(await photograph('Rückseite'), 'base64'),
    'Stempel.png': signaturePng(),
  };
  await page.setContent('<h1>Heimvertrag, Auszug</h1><p>Mühlbachweg 12, Testhausen</p>');
  files['Heimvertrag.pdf'] = await page.pdf({ format: 'A4' });
  await page.close();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return { folder, paths: Object.keys(files).map((name) => join(folder, name)) };
}

/** Draws a name with the mouse. */
export async function drawSignature(page) {
  const pad = page.locator('canvas:visible');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 40; step++)
    await page.mouse.move(box.x + 40 + step * 6, box.y + box.height / 2 + Math.sin(step / 2) * box.height * 0.25);
  await page.mouse.up();
}

/** Presses a button that opens a letter in a window of its own; answers with its bytes. */
export async function letter(page, item, name) {
  const opened = page.context().waitForEvent('page');
  await button(page, name, item).click();
  const window = await opened;
  const link = item.getByRole('link', { name: 'Noch einmal ansehen' });
  await expect(link).toBeVisible();
  await window.close();
  const answer = await page.request.get(new URL(await link.getAttribute('href'), page.url()).href);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  const bytes = await answer.body();
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  return bytes;
}

// ---- the register ----
/** Searches with a reason and opens the first hit by keyboard. */
export async function openPerson(page, words, reason) {
  await page.getByRole('link', { name: 'Suche', exact: true }).click();
  const search = page.locator('main form[role=search]');
  if (reason) await search.getByLabel('Anlass').selectOption(reason);
  await search.getByLabel(/^Name und Geburtsdatum/).fill(words);
  await page.keyboard.press('Enter');
  const hit = page.locator('main tbody tr').first();
  await expect(hit).toBeFocused();
  await page.keyboard.press('Enter');
}

export async function correctFamilyName(page, before, after, source) {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(before);
  await page.keyboard.press('b');
  const box = dialog(page);
  await expect(box.getByText('Im Register steht')).toBeVisible();
  await box.getByLabel('Richtig ist').fill(after);
  await box.getByLabel('Woher wissen Sie das?').fill(source);
  await page.keyboard.press('Enter');
  await expect(box).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(after);
}
