// A family in one registration: typed by keyboard, compared with what the former municipality says, corrected after
// signing, booked, and what follows from it: tasks, messages, and one that is sent back.
import { expect, test } from '@playwright/test';
import { rmSync } from 'node:fs';
import { faults, look, narrow, seen, watchFaults } from './axe.mjs';
import { Demo, isoDay, people } from './demo.mjs';
import { addPerson, answer, button, dialog, drawSignature, fillEnd, fillLessor, fillMove, fillPerson, openCard, scans, pick, select, signInAtHub, type, typeDate } from './desk_steps.mjs';

const demo = new Demo({ residents: 300 });
const movedIn = isoDay(12);
const mother = { family: 'Widersprecher-Test', given: 'Wanda', born: '1983-05-05', place: 'Lüneburg', sex: 'weib', religion: 'keine', status: 'ledig', serial: 'LZ6311T47' };
const child = { given: 'Tim', born: '2016-04-01', place: 'Lünenburg', sex: 'männ', status: 'ledig' };
const streitweg = { city: 'Lüneburg', postcode: '21335', street: 'Streitweg', house: '4' };
let hub, paper;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await demo.start();
  hub = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' })).newPage();
  paper = await scans(browser);
  watchFaults(hub, 'hub');
  await signInAtHub(hub, demo.hubUrl, people.jutta);
  await expect(hub.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
});
test.afterAll(async () => {
  await demo.stop();
  demo.remove();
  if (paper) rmSync(paper.folder, { recursive: true, force: true });
});

test('the law asks for no registration: the case ends with that word', async () => {
  await begin();
  await select(hub, 'exemption', 'newborn');
  await expect(hub.getByRole('heading', { name: 'Wer zieht ein?' })).toBeHidden();
  await hub.keyboard.press('Control+Enter');
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByText('Eine Anmeldung ist nicht nötig.')).toBeVisible();
  await look(hub, 'family-not-needed');
  await button(hub, /^Mit dieser Auskunft beenden/).click();
  await expect(hub.getByText('abgeschlossen').first()).toBeVisible();
});

async function begin() {
  await hub.getByRole('link', { name: 'Heute', exact: true }).click();
  await button(hub, /^Neue Anmeldung/).click();
  await expect(hub.getByRole('heading', { name: 'Ist eine Anmeldung nötig?' })).toBeVisible();
}

test('what is typed and clicked goes where it was meant', async () => {
  await begin();
  await select(hub, 'exemption', 'none');
  // Enter goes on to a field, and letters of a name call nothing, also where a radio button has the focus.
  await hub.locator('#f-exemption').press('Enter');
  await expect(hub.locator('#f-persons-0 input:focus')).toHaveCount(1);
  await hub.keyboard.type('vp12');
  await expect(hub.getByRole('heading', { name: 'Wer zieht ein?' })).toBeVisible();
  const boxes = hub.locator('#f-persons-0-person-birth_date input[type=text]');
  const typed = async (text) => {
    for (const box of await boxes.all()) await box.fill('');
    await boxes.first().focus();
    await hub.keyboard.type(text);
    await hub.locator('#f-persons-0-person-family_name').focus();
    return Promise.all((await boxes.all()).map((box) => box.inputValue()));
  };
  for (const text of ['1962-04-03', '3-4-1962', '030462', '3.4.62', '03041962']) expect((await typed(text)).map(Number), text).toEqual([3, 4, 1962]);
  expect((await typed('1962-04-')).join('')).toBe('1962-04-');
  await expect(hub.locator('#f-persons-0-person-birth_date-error')).toContainText('Bitte als Tag, Monat, Jahr eingeben');
  // A house number with its letter; the fields of an address come back, and Enter goes to the first of them.
  await type(hub, 'new_dwelling.house_no', '12a');
  await expect(hub.locator('#f-new_dwelling-house_no')).toHaveValue('12');
  await expect(hub.locator('#f-new_dwelling-house_letter')).toHaveValue('a');
  // A dwelling here has no state to choose; one abroad has a state and lines, and nothing of a German address.
  await answer(hub, 'previous_kind', 0);
  await expect(hub.locator('#f-previous_dwelling-ags')).toBeVisible();
  for (const dwelling of ['new_dwelling', 'previous_dwelling']) await expect(hub.locator(`#f-${dwelling}-country_foreign`)).toHaveCount(0);
  await answer(hub, 'previous_kind', 1);
  await expect(hub.locator('#f-previous_abroad-country_foreign')).toBeVisible();
  await expect(hub.locator('[id^="f-previous_abroad-"][id*="ags"], [id^="f-previous_abroad-"][id*="postcode"]')).toHaveCount(0);
  await look(hub, 'family-abroad');
  await narrow(hub, 'family-abroad');
  // Of a lessor's address the state comes last; chosen, the lines take its place, and given up, the fields come back.
  await answer(hub, 'lessor.lessor_form', 0);
  const abroad = hub.locator('#f-lessor-lessor_address-country_foreign');
  if (!(await abroad.isVisible())) await hub.locator('#f-lessor-lessor_address').locator('summary, button').filter({ hasText: /Selten|weitere|Weitere|mehr/ }).first().click();
  await pick(hub, 'lessor.lessor_address.country_foreign', 'Frankreich');
  await expect(hub.locator('#f-lessor-lessor_address-ags')).toHaveCount(0);
  await abroad.fill('');
  await hub.keyboard.press('Enter');
  await expect(hub.locator('#f-lessor-lessor_address-ags')).toBeVisible();
  await answer(hub, 'previous_kind', 0);
  // What is said of a field that is left moves nothing away from under the mouse.
  await typeDate(hub, 'moved_in', isoDay(-30));
  await expect(hub.locator('#f-moved_in-error')).toHaveCount(0);
  await answer(hub, 'previous_kind', 1);
  await expect(hub.locator('#f-moved_in-error')).toBeVisible();
  await expect(hub.locator('#f-previous_kind-1')).toBeChecked();
  await look(hub, 'family-typed');
});

test('two persons by keyboard: proposals can be seen, errors name the person', async () => {
  await begin();
  await select(hub, 'exemption', 'none');
  await fillPerson(hub, 0, mother);
  await addPerson(hub);
  await expect(hub.getByText('Vorschlag, bitte fragen').first()).toBeVisible();
  await expect(hub.locator('#f-persons-1-person-family_name')).toHaveValue(mother.family);
  await expect(hub.locator('#f-persons-0')).not.toHaveAttribute('open');
  // Nothing keeps a place for the usual name while there is none to choose: the next field begins the line.
  const left = async (name) => (await hub.locator(`#f-persons-1-person-${name}`).boundingBox()).x;
  expect(await left('birth_name')).toBe(await left('family_name'));
  await look(hub, 'family-proposals');
  await narrow(hub, 'family-proposals');
  await answer(hub, 'persons.1.family_role', 2);
  await fillPerson(hub, 1, child);
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('alert').getByText(/^Tim Widersprecher-Test/).first()).toBeVisible();
  await look(hub, 'family-errors');
  await hub.getByRole('alert').getByRole('link', { name: /^Tim Widersprecher-Test.*sorgerecht/i }).first().click();
  await expect(hub.locator('#f-persons-1')).toHaveAttribute('open', '');
  await answer(hub, 'persons.1.custody.custodians', 1);
  await answer(hub, 'persons.1.custody.here', 0);
});

test('what the former municipality says is compared, each difference decided with one key', async () => {
  await fillMove(hub, movedIn, streitweg);
  await button(hub, /^Meldeschein abfragen/).click();
  await expect(hub.getByText('eingegangen').first()).toBeVisible({ timeout: 40_000 });
  const difference = hub.locator('[data-difference]');
  await expect(difference.first()).toBeVisible();
  await look(hub, 'family-differences');
  const before = await difference.count();
  await difference.first().getByRole('button').first().focus();
  await hub.keyboard.press('2');
  await expect(difference).toHaveCount(before - 1);
  while ((await difference.count()) > 0) {
    const left = await difference.count();
    await difference.first().getByRole('button').first().focus();
    await hub.keyboard.press('2');
    await expect(difference).toHaveCount(left - 1);
  }
  // What nobody was asked yet is taken over at once, and nothing is left undecided.
  const fill = button(hub, /der Gemeinde übernehmen/);
  if (await fill.isVisible()) await fill.click();
  await expect(hub.getByText('Alles stimmt überein oder ist entschieden.')).toBeVisible();
  await expect(hub.getByText(/Angabe(n)? (ist|sind) verglichen/)).toBeVisible();
});

test('somebody is asked for alone, and the answer is theirs', async () => {
  const whom = hub.getByLabel('Für wen?');
  await whom.selectOption({ index: 1 });
  await button(hub, /^Meldeschein abfragen/).click();
  await expect(hub.getByText('Dort ist niemand mit diesen Angaben gemeldet.')).toBeVisible({ timeout: 40_000 });
  await look(hub, 'family-asked-alone');
  await narrow(hub, 'family-asked-alone');
  await whom.selectOption({ index: 0 });
  await expect(hub.getByText('Alles stimmt überein oder ist entschieden.')).toBeVisible();
});

test('the rest, the proofs, and everybody stands on the review', async () => {
  await fillLessor(hub, movedIn);
  await fillEnd(hub, { family: 2 });
  for (const aside of await hub.locator('main aside').all()) {
    await aside.getByText('Das Original lag mir vor').click();
    await aside.locator('input[type=file][multiple]').setInputFiles(paper.paths.slice(0, 1));
    await expect(aside.getByText('1 Blatt da')).toBeVisible();
  }
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeFocused();
  for (const name of ['Wanda Widersprecher-Test', 'Tim Widersprecher-Test']) await expect(hub.locator('main').getByText(name).first()).toBeVisible();
  // Compared fields are called by their German names, custody by the person's.
  await expect(hub.locator('main')).not.toContainText(/persons\.\d|_dwelling\./);
  const custody = hub.locator('.kern-description-list-item', { hasText: 'Sorgeberechtigt unter den Angemeldeten' }).last();
  await expect(custody).toContainText('Wanda Widersprecher-Test');
  await look(hub, 'family-review');
  await narrow(hub, 'family-review');
  await stepsHaveAddresses();
  await signReviewed();
  await look(hub, 'family-signed');
});

/** The browser's own keys go between the steps of the case, and a reload stays where it was. */
async function stepsHaveAddresses() {
  const address = new URL(hub.url());
  expect(address.hash).toBe('#review');
  await hub.getByRole('link', { name: /^Verlauf/ }).click();
  await expect(hub).toHaveURL(/#history$/);
  await hub.goBack();
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeVisible();
  await hub.goBack();
  await expect(hub).toHaveURL(/#form$/);
  await expect(hub.getByRole('heading', { name: 'Wer zieht ein?' })).toBeVisible();
  await hub.goForward();
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeVisible();
  await hub.getByRole('link', { name: /^Unterlagen/ }).click();
  await hub.reload();
  await expect(hub.getByRole('heading', { name: 'Unterlagen' })).toBeVisible();
  await hub.getByRole('link', { name: /Prüfen/ }).first().click();
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeVisible();
  await hub.reload();
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeVisible();
  expect(new URL(hub.url()).pathname).toBe(address.pathname);
}

async function signReviewed() {
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('heading', { name: 'Erklärung und Unterschrift' })).toBeVisible();
  await drawSignature(hub);
  await button(hub, 'Unterschrift übernehmen').click();
  await expect(hub.getByRole('heading', { name: 'Was die Person mitnimmt' })).toBeVisible();
}

/** Whose hands tremble: the declaration is printed, signed by hand, and its scan laid to the case; said until it is there. */
async function signOnPaper() {
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('heading', { name: 'Erklärung und Unterschrift' })).toBeVisible();
  await button(hub, 'Auf Papier unterschreiben').click();
  const place = hub.getByRole('region', { name: 'Auf Papier unterschreiben' });
  await expect(place).toBeInViewport();
  const opened = hub.context().waitForEvent('page');
  await button(hub, 'Erklärung drucken', place).click();
  await (await opened).close();
  await look(hub, 'family-sign-paper');
  await narrow(hub, 'family-sign-paper');
  await button(hub, 'Auf Papier unterschrieben', place).click();
  const missing = hub.getByText('Es fehlt: das unterschriebene Blatt.');
  await expect(missing).toBeVisible();
  await look(hub, 'family-sheet-missing');
  await narrow(hub, 'family-sheet-missing');
  await hub.getByRole('link', { name: /Vorprüfung/ }).click();
  await expect(missing).toBeVisible();
  await hub.locator('main input[type=file][multiple]').first().setInputFiles(paper.paths.slice(1, 2));
  await expect(missing).toBeHidden();
  await hub.getByRole('link', { name: /^Unterlagen.*3/ }).click();
  await expect(hub.getByText('Unterschriebener Meldeschein').first()).toBeVisible();
  await hub.getByRole('link', { name: /Aushändigen/ }).click();
  await expect(hub.getByRole('heading', { name: 'Was die Person mitnimmt' })).toBeVisible();
  // What was printed before is no copy of what was signed.
  await expect(hub.getByRole('link', { name: 'Noch einmal ansehen' })).toHaveCount(0);
}

test('corrected after signing: the signature is void, signed again', async () => {
  await button(hub, 'Korrigieren').click();
  await dialog(hub).getByLabel('Was stimmt nicht?').fill('Geburtsort des Kindes falsch geschrieben');
  await look(hub, 'family-reopen');
  await button(hub, 'Wieder öffnen', dialog(hub)).click();
  await expect(hub.getByText(/^Zur Korrektur wieder geöffnet/)).toBeVisible();
  await openCard(hub, 1);
  await type(hub, 'persons.1.person.birth_place', 'Lüneburg');
  await look(hub, 'family-reopened');
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeFocused();
  await signReviewed();
  await hub.getByRole('link', { name: /^Unterlagen/ }).click();
  await expect(hub.getByText(/Gilt nicht mehr seit/)).toBeVisible();
  await look(hub, 'family-void-signature');
});

test('checked, booked for both, and what follows', async () => {
  await hub.getByRole('link', { name: /Vorprüfung/ }).click();
  await button(hub, /^Vorprüfung starten/).click();
  await expect(hub.getByText('vorgeprüft').first()).toBeVisible();
  await hub.getByRole('link', { name: /Register und Buchung/ }).click();
  await expect(button(hub, /^Buchen/)).toBeVisible();
  await look(hub, 'family-book');
  await button(hub, /^Buchen/).click();
  await expect(hub.getByText('Die Anmeldung steht im Melderegister.')).toBeVisible();
  const followUps = hub.locator('[data-follow-ups]');
  await expect(followUps.getByText('Hund: zur Hundesteuer anmelden')).toBeVisible();
  await expect(followUps.getByRole('link', { name: 'Termin dafür vergeben' }).first()).toBeVisible();
  await look(hub, 'family-booked');
  await hub.getByRole('link', { name: /^Mitteilungen/ }).click();
  await expect(hub.getByRole('cell', { name: /Rückmeldung/ })).toHaveCount(2);
  await expect(hub.getByText('Meldebehörde Lüneburg').first()).toBeVisible();
  await look(hub, 'family-case-messages');
});

test('a task gets its appointment and is closed with what came of it', async () => {
  await hub.getByRole('link', { name: 'Aufgaben', exact: true }).first().click();
  await expect(hub.getByRole('heading', { level: 1 })).toHaveText('Aufgaben');
  const task = hub.locator('main li', { hasText: 'Anschriftenaufkleber' }).first();
  await expect(task).toBeVisible();
  await look(hub, 'tasks');
  await button(hub, 'Termin vereinbaren', task).click();
  const box = dialog(hub);
  const [year, month, day] = isoDay(-3).split('-');
  await box.locator('#f-task-day input').first().focus();
  await hub.keyboard.type(`${day}.${month}.${year}`);
  await box.getByLabel('Uhrzeit').fill('930');
  await box.getByLabel('Wo? (optional)').fill('Bürgerbüro, Schalter 2');
  await look(hub, 'task-schedule');
  await button(hub, /^Termin festhalten/, box).click();
  await expect(hub.getByText(/^Termin .*09:30$/)).toBeVisible();
  await button(hub, 'Erledigen', task).click();
  await button(hub, 'Abschließen', dialog(hub)).click();
  await expect(dialog(hub).getByText(/Das Ergebnis fehlt noch/)).toBeVisible();
  await dialog(hub).getByLabel('Ergebnis').fill('Aufkleber angebracht');
  await look(hub, 'task-close');
  await button(hub, 'Abschließen', dialog(hub)).click();
  await expect(task).toBeHidden();
  await hub.getByLabel('Welche').selectOption('done');
  await expect(hub.getByText('Aufkleber angebracht')).toBeVisible();
});

test('a message that is sent back is put right and sent again', async () => {
  await begin();
  await select(hub, 'exemption', 'none');
  await fillPerson(hub, 0, { ...mother, family: 'Formfehler-Test', given: 'Frieda', born: '1985-07-07', serial: 'L01X00T471' });
  await fillMove(hub, movedIn, { ...streitweg, street: 'Fehlerweg', house: '6' });
  await fillLessor(hub, movedIn);
  await fillEnd(hub);
  const aside = hub.locator('main aside').first();
  await aside.locator('input[type=file][multiple]').setInputFiles(paper.paths.slice(0, 1));
  await expect(aside.getByText('1 Blatt da')).toBeVisible();
  await hub.keyboard.press('Control+Enter');
  await expect(hub.getByRole('heading', { name: 'Stimmt alles?' })).toBeFocused();
  await signOnPaper();
  await hub.getByRole('link', { name: /Vorprüfung/ }).click();
  await button(hub, /^Vorprüfung starten/).click();
  await expect(hub.getByText('vorgeprüft').first()).toBeVisible();
  await hub.getByRole('link', { name: /Register und Buchung/ }).click();
  await button(hub, /^Buchen/).click();
  await expect(hub.getByText('Die Anmeldung steht im Melderegister.')).toBeVisible();
  await hub.getByRole('link', { name: 'Nachrichten', exact: true }).click();
  const row = hub.locator('main tbody tr', { hasText: 'Rückmeldung' }).filter({ hasText: 'abgewiesen' });
  await expect(row.first()).toBeVisible({ timeout: 60_000 });
  await look(hub, 'messages-rejected');
  await button(hub, 'Berichtigen', row.first()).click();
  await expect(dialog(hub).getByLabel('Was haben Sie geändert?')).toBeVisible();
  await dialog(hub).getByLabel('Was haben Sie geändert?').fill('Am Telefon geklärt, unverändert neu gesendet');
  await look(hub, 'message-repair');
  await button(hub, 'Neu senden', dialog(hub)).click();
  await expect(dialog(hub)).toHaveCount(0);
  await hub.getByRole('tab', { name: 'Ausgang' }).click();
  await expect(hub.getByText('berichtigt neu gesendet').first()).toBeVisible();
  await look(hub, 'messages-out');
  await hub.getByRole('tab', { name: 'Eingang' }).click();
  await expect(hub.locator('main tbody tr', { hasText: 'Auswertung' }).first()).toBeVisible({ timeout: 30_000 });
  await look(hub, 'messages-in');
});

test('which data, for what, on which law, how long', async () => {
  await hub.getByRole('button', { name: /Jutta Petersen/ }).click();
  await hub.getByRole('link', { name: 'Welche Daten, wofür' }).click();
  await expect(hub.getByRole('heading', { level: 1 })).toHaveText('Ihre Daten');
  await expect(hub.getByText('Familienname').first()).toBeVisible();
  await look(hub, 'records');
  const pdf = await hub.request.get(new URL(await hub.getByRole('link', { name: 'Verzeichnis als PDF' }).getAttribute('href'), hub.url()).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
