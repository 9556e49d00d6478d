// What the office does besides taking registrations: letting one wait, refusing one, taking a booking back under four eyes, deciding what arrived, messages
// that are not to be sent, accounts and passkeys, the record of processing, the journal.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { faults, look, lookAll, seen, watchFaults } from './axe.mjs';
import { Demo, Desk, isoDay, people, program, sendRueckmeldung, until } from './demo.mjs';
import { awake, button, dialog, pick, signInAtHub, typeDate } from './desk_steps.mjs';
import { pdfText, registrationForm, scanPage, signaturePng } from './material.mjs';

const demo = new Demo({ residents: 300, noLine: true });
const options = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' };
const secrets = Object.fromEntries(Object.values(people).map(({ login, password }) => [login, password]));
const pages = {};
let browserOf;

test.describe.configure({ mode: 'serial' });

/** The page of a colleague, signed in; the same one each time. */
async function at(name) {
  if (pages[name]) {
    await awake(pages[name], secrets[people[name].login]);
    return pages[name];
  }
  const page = (pages[name] = await (await browserOf.newContext(options)).newPage());
  watchFaults(page, name);
  await signInAtHub(page, demo.hubUrl, people[name]);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
  return page;
}
async function goTo(page, name) {
  await page.getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}
async function deskOf(person) {
  const desk = new Desk(demo.hubUrl);
  await desk.password(person);
  return desk;
}

/** A registration up to its booking, done by the same API as the page: what the pages are about begins after it. */
async function checked(desk, { family, given, born, street, house, lives = 3 }) {
  const form = registrationForm({ movedIn: isoDay(10), houseNo: lives });
  Object.assign(form.persons[0].person, { family_name: family, given_names: given, birth_date: born, rufname_index: undefined });
  delete form.persons[0].person.rufname_index;
  Object.assign(form.previous_dwelling, { ags: '03355022', postcode: '21335', city: 'Lüneburg', street, house_no: house });
  form.lessor.lessor_persons = [{ family_name: family, given_names: given }];
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Anmeldung' });
  const { hash, size } = await desk.upload(scanPage(1));
  await desk.command('case.attach', { case_id, kind: 'lessor_confirmation', hash, size, title: 'Wohnungsgeberbestätigung', media_type: 'image/jpeg', original_seen: true });
  const { form_hash } = await desk.command('case.submit', { case_id, form });
  const signature = await desk.upload(signaturePng());
  await desk.command('case.sign', { case_id, form_hash, signer: `${given} ${family}`, method: 'pad', signature: signature.hash });
  await desk.command('case.precheck', { case_id });
  return case_id;
}
async function booked(desk, person, despite = []) {
  const case_id = await checked(desk, person);
  const { findings } = await desk.query('residence.findings', { case_id });
  const overrides = findings.filter(({ code, state }) => state === 'blocking' && despite.includes(code)).map(({ code }) => ({ finding: code, reason: 'Prüflauf' }));
  await desk.command('residence.book', { case_id, overrides });
  return case_id;
}
const frieda = { family: 'Formfehler-Test', given: 'Frieda', born: '1985-07-07', street: 'Fehlerweg', house: 6 };
const fritz = { ...frieda, given: 'Fritz', born: '1990-03-02' };
const wanda = { family: 'Widersprecher-Test', given: 'Wanda', born: '1983-05-05', street: 'Streitweg', house: 4 };
const gero = { family: 'Geheim-Test', given: 'Gero', born: '1982-04-04', street: 'Schutzweg', house: 3 };

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  browserOf = browser;
  await demo.start();
});
test.afterAll(async () => {
  await demo.stop();
  demo.remove();
});

test('a booking is taken back: by the lead, with a reason, never by who booked it', async () => {
  const id = await booked(await deskOf(people.jutta), wanda), own = await booked(await deskOf(people.helga), gero);
  const jutta = await at('jutta'), helga = await at('helga');
  await jutta.goto(`${demo.hubUrl}/vorgaenge/${id}`);
  await expect(jutta.getByRole('heading', { level: 1 })).toHaveText('Wanda Widersprecher-Test');
  await expect(button(jutta, 'Buchung zurücknehmen')).toHaveCount(0);
  await helga.goto(`${demo.hubUrl}/vorgaenge/${own}`);
  await button(helga, 'Buchung zurücknehmen').click();
  await dialog(helga).getByLabel('Warum?').fill('Falsche Person angemeldet');
  await button(helga, 'Zurücknehmen', dialog(helga)).click();
  await expect(dialog(helga).getByRole('alert')).toContainText('zweite Person');
  await lookAll(helga, 'revoke-own');
  await button(helga, 'Abbrechen', dialog(helga)).click();
  await helga.goto(`${demo.hubUrl}/vorgaenge/${id}`);
  await button(helga, 'Buchung zurücknehmen').click();
  await button(helga, 'Zurücknehmen', dialog(helga)).click();
  await expect(dialog(helga).getByRole('alert')).toBeVisible();
  await dialog(helga).getByLabel('Warum?').fill('Falsche Person angemeldet');
  await lookAll(helga, 'revoke');
  await button(helga, 'Zurücknehmen', dialog(helga)).click();
  await expect(helga.getByText('Diese Buchung wurde zurückgenommen.')).toBeVisible();
  await expect(button(helga, 'Buchung zurücknehmen')).toHaveCount(0);
  await lookAll(helga, 'revoked');
  // The other desk hears of it without a reload.
  await expect(jutta.getByText('Diese Buchung wurde zurückgenommen.')).toBeVisible({ timeout: 30_000 });
});

test('a registration waits, and is another authority\'s in the end', async () => {
  const id = await checked(await deskOf(people.deniz), { ...wanda, given: 'Warte' });
  const page = await at('jutta');
  await page.goto(`${demo.hubUrl}/vorgaenge/${id}`);
  await expect(button(page, 'Ablehnen')).toHaveCount(0);
  await button(page, 'Warten lassen').click();
  await button(page, 'Warten lassen', dialog(page)).click();
  await expect(dialog(page).locator('.kern-error').first()).toBeVisible();
  await expect(dialog(page).getByLabel('Unterlagen')).toBeFocused();
  await lookAll(page, 'wait');
  await button(page, 'Schließen', dialog(page)).click();
  await expect(button(page, 'Warten lassen')).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('Unterlagen').check();
  await typeDate(page, 'until', isoDay(-20));
  await dialog(page).getByLabel(/^Was fehlt noch/).fill('Geburtsurkunde im Original');
  await button(page, 'Warten lassen', dialog(page)).click();
  await expect(page.getByText(/^Wartet auf Unterlagen, Wiedervorlage/)).toBeVisible();
  await lookAll(page, 'waiting');
  await goTo(page, 'Vorgänge');
  await page.getByLabel('Stand', { exact: true }).selectOption('wartet auf etwas');
  await expect(page.locator('main tbody tr')).toHaveCount(1);
  await expect(page.locator('main tbody').getByText(/^Wartet auf Unterlagen/).filter({ visible: true })).toBeVisible();
  await lookAll(page, 'cases-waiting');
  await page.goto(`${demo.hubUrl}/vorgaenge/${id}`);
  await button(page, 'Wartet nicht mehr').click();
  await dialog(page).getByLabel('Was ist gekommen?').fill('Die Urkunde');
  await button(page, 'Wartet nicht mehr', dialog(page)).click();
  await expect(page.getByText(/^Wartet auf Unterlagen/)).toHaveCount(0);
  await button(page, 'Nicht zuständig').click();
  await pick(page, 'municipality', 'Musterstedt');
  await dialog(page).getByLabel(/^Warum/).fill('Die Wohnung liegt in Musterstedt.');
  await lookAll(page, 'not-competent');
  await button(page, 'Beenden', dialog(page)).click();
  await expect(page.getByText('Zuständig ist: Meldebehörde Musterstedt')).toBeVisible();
  await lookAll(page, 'not-competent-ended');
});

test('nobody has moved in: the lead hears the person and refuses', async () => {
  const id = await checked(await deskOf(people.deniz), { ...wanda, given: 'Schein' });
  const page = await at('helga');
  await page.goto(`${demo.hubUrl}/vorgaenge/${id}`);
  await button(page, 'Ablehnen').click();
  await expect(dialog(page).getByText('Sich anzumelden ist eine Pflicht.', { exact: false })).toBeVisible();
  await dialog(page).getByLabel(/Scheinanmeldung/).check();
  await dialog(page).getByLabel(/^Was ist geschehen/).fill('Der Hausverwalter sagt, die Wohnung stehe leer.');
  await typeDate(page, 'answer_by', isoDay(-14));
  await lookAll(page, 'hear');
  await button(page, 'Anhörung festhalten', dialog(page)).click();
  await expect(page.getByText(/^Anhörung vor einer Ablehnung, Antwort bis/)).toBeVisible();
  await lookAll(page, 'heard');
  await button(page, 'Ablehnen').click();
  await button(page, 'Ablehnen', dialog(page)).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Die Person kann noch');
  await button(page, 'Abbrechen', dialog(page)).click();
  const jutta = await at('jutta');
  await goTo(jutta, 'Aufgaben');
  const answers = jutta.getByRole('listitem').filter({ hasText: 'Antwort auf die Anhörung festhalten' });
  await button(jutta, 'Antwort eintragen', answers).click();
  await button(jutta, 'Antwort festhalten', dialog(jutta)).click();
  await expect(dialog(jutta).getByLabel('Was hat die Person geantwortet?')).toBeFocused();
  await lookAll(jutta, 'hearing-answer');
  await jutta.keyboard.insertText('Ich wohne weiter im Streitweg.');
  await button(jutta, 'Antwort festhalten', dialog(jutta)).click();
  await expect(answers).toHaveCount(0);
  await expect(page.getByText('Auf die Anhörung wurde geantwortet')).toBeVisible({ timeout: 30_000 });
  await button(page, 'Ablehnen').click();
  await lookAll(page, 'refuse');
  await button(page, 'Ablehnen', dialog(page)).click();
  await expect(page.getByText('Diese Anmeldung wurde abgelehnt.')).toBeVisible();
  // What opened the dialog is gone: the name of the case has the focus.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(button(page, 'Korrigieren')).toHaveCount(0);
  await lookAll(page, 'refused');
});

test('what arrived and nobody could decide: laid aside, or used for the person meant', async () => {
  await sendRueckmeldung(`http://127.0.0.1:${demo.simulatorPort}`, { family_name: 'Unbekannt-Test', given_names: 'Uwe', birth_date: '1971-02-03' });
  await sendRueckmeldung(`http://127.0.0.1:${demo.simulatorPort}`, { family_name: 'Zwillich', given_names: 'Hannes', birth_date: '1950-06-06' });
  const page = await at('jutta');
  await goTo(page, 'Nachrichten');
  const rows = page.locator('main tbody tr', { has: button(page, 'Entscheiden') });
  await expect(rows).toHaveCount(2, { timeout: 60_000 });
  await lookAll(page, 'inbox-open');
  await button(page, 'Entscheiden', rows.filter({ hasText: 'mehrere Personen' })).click();
  const box = dialog(page);
  await expect(box.getByText('Darin steht')).toBeVisible();
  await lookAll(page, 'inbox-settle');
  await settle(page, box);
  await expect(rows).toHaveCount(1);
  await button(page, 'Entscheiden', rows.first()).click();
  await expect(dialog(page).getByText('Darin steht')).toBeVisible();
  await lookAll(page, 'inbox-settle-other');
  await settle(page, dialog(page));
  await expect(rows).toHaveCount(0);
  await page.getByRole('tab', { name: 'Eingang' }).click();
  await expect(page.getByText('Am Telefon geklärt').first()).toBeVisible();
  await lookAll(page, 'inbox-settled');
});
/** For the person meant if there are some to choose from, never for one who has died; else it has no consequences. */
async function settle(page, box) {
  const several = (await box.getByRole('radio').count()) > 0;
  const decide = button(page, several ? 'Auf diese Person anwenden' : 'Ohne Folgen ablegen', box);
  const one = (words) => box.locator('.kern-form-check').filter(words).getByRole('radio').first();
  await decide.click();
  await expect(box.getByRole('alert')).toBeVisible();
  await box.getByLabel('Begründung').fill('Am Telefon geklärt');
  if (several) {
    await one({ hasText: 'verstorben' }).check();
    await decide.click();
    await expect(box.getByRole('alert')).toContainText('als verstorben geführt');
    await one({ hasNotText: 'verstorben' }).check();
  }
  await decide.click();
  await expect(dialog(page)).toHaveCount(0);
}

test('somebody stands in the register twice: one colleague finds it, the lead joins the two records', async () => {
  const zoe = { family: 'Zweifach-Test', given: 'Zoe', born: '1981-03-03', street: 'Doppelweg', house: 2 };
  const helgas = await deskOf(people.helga);
  await booked(helgas, zoe);
  await booked(helgas, zoe, ['residence.duplicates', 'residence.already_registered']);
  const { hits } = await helgas.query('person.search', { text: 'Zweifach-Test Zoe' });
  const [one, other] = hits.map(({ person_id }) => person_id);
  const jutta = await at('jutta'), helga = await at('helga');
  await jutta.goto(`${demo.hubUrl}/person/${one}/doppelt`);
  const search = jutta.locator('main form[role=search]');
  // What may be typed is said before it is typed, on a phone too.
  for (const width of [320, 390, 1280]) {
    await jutta.setViewportSize({ width, height: 800 });
    const [hint, box] = await Promise.all([search.locator('.kern-hint'), search.getByLabel(/^Name und Geburtsdatum/)].map((one) => one.boundingBox()));
    expect(hint.y + hint.height).toBeLessThanOrEqual(box.y);
  }
  await search.getByLabel('Anlass').selectOption('Berichtigung von Amts wegen');
  await search.getByLabel(/^Name und Geburtsdatum/).fill('Zweifach-Test Zoe');
  await jutta.keyboard.press('Enter');
  const found = jutta.locator('main tbody tr');
  await expect(found).toHaveCount(2);
  await found.first().click();
  await expect(jutta.getByText('Das ist der Eintrag, von dem Sie kommen.')).toBeVisible();
  await lookAll(jutta, 'merge-find');
  await found.last().click();
  await expect(jutta.getByRole('heading', { level: 1 })).toHaveText('Zwei Einträge vergleichen');
  await button(jutta, 'Zusammenführung vorschlagen').click();
  await expect(jutta.getByRole('alert')).toContainText('Schreiben Sie in einem Satz');
  await jutta.getByLabel('Woran sehen Sie das?').fill('Dieselbe Geburtsurkunde');
  await lookAll(jutta, 'merge-propose');
  await jutta.keyboard.press('Enter');
  await expect(jutta.getByText('Jemand aus der Leitung entscheidet.')).toBeVisible();
  await goTo(helga, 'Aufgaben');
  await helga.getByRole('listitem').filter({ hasText: 'Dieselbe Geburtsurkunde' }).getByRole('link', { name: 'Einträge vergleichen' }).click();
  await helga.getByLabel('Was haben Sie selbst gesehen?').fill('Beide Anmeldungen');
  await lookAll(helga, 'merge-release');
  await button(helga, 'Zusammenführen').click();
  await expect(helga.getByRole('heading', { level: 1 })).toHaveText('Zoe Zweifach-Test');
  await expect(helga.getByText('vorgeschlagen von Jutta Petersen').first()).toBeVisible();
  for (const id of [one, other]) expect((await helgas.query('person.get', { person_id: id })).person.full_name).toBe('Zoe Zweifach-Test');
  expect((await helgas.query('person.search', { text: 'Zweifach-Test Zoe' })).hits).toHaveLength(1);
});

test('both records have a main dwelling: who joins them says which one it is', async () => {
  const nora = { family: 'Zweifach-Test', given: 'Nora', born: '1979-09-09', street: 'Doppelweg', house: 4 };
  const helgas = await deskOf(people.helga), juttas = await deskOf(people.jutta);
  await booked(helgas, nora);
  await booked(helgas, { ...nora, lives: 5 }, ['residence.duplicates', 'residence.already_registered']);
  const { hits } = await helgas.query('person.search', { text: 'Zweifach-Test Nora' });
  const [one, other] = hits.map(({ person_id }) => person_id);
  await juttas.command('person.propose_merge', { person_id: one, other_id: other, source: 'Dieselbe Geburtsurkunde' });
  const helga = await at('helga');
  await goTo(helga, 'Aufgaben');
  await helga.getByRole('listitem').filter({ hasText: 'Nora' }).getByRole('link', { name: 'Einträge vergleichen' }).click();
  await button(helga, 'Zusammenführen').click();
  const fates = helga.getByRole('group', { name: 'Was sind die Wohnungen beider Einträge?' }).getByRole('combobox');
  await expect(fates).toHaveCount(2);
  await expect(fates.first()).toBeFocused();
  await lookAll(helga, 'merge-dwellings');
  await fates.first().selectOption('aufgegeben');
  await typeDate(helga, `moved-out-${await fates.first().evaluate((select) => select.id.split('-').at(-1))}`, isoDay(3));
  await fates.last().selectOption('Hauptwohnung (oder alleinige)');
  await helga.getByLabel('Was haben Sie selbst gesehen?').fill('Beide Anmeldungen');
  await lookAll(helga, 'merge-dwellings-decided');
  await button(helga, 'Zusammenführen').click();
  await expect(helga.getByRole('heading', { level: 1 })).toHaveText('Nora Zweifach-Test');
  const { dwellings } = await helgas.query('person.get', { person_id: one });
  expect(dwellings.filter(({ current }) => current)).toHaveLength(1);
});

test('two records with blocks: each stands first, large, with the record it is in, and none is a contradiction', async () => {
  const helgas = await deskOf(people.helga), helga = await at('helga');
  const [gerda, olga] = await Promise.all(['Geheimnis Gerda', 'Schutzmann Olga'].map(async (text) => (await helgas.query('person.search', { text })).hits[0].person_id));
  await helga.goto(`${demo.hubUrl}/person/${gerda}/doppelt/${olga}`);
  await helga.getByLabel('Anlass').selectOption('Berichtigung von Amts wegen');
  await button(helga, 'Daten anzeigen').click();
  const blocks = helga.getByRole('region', { name: 'Sperren' });
  await expect(blocks).toContainText('bis 31.3.2028');
  for (const kind of ['Auskunftssperre', 'Bedingter Sperrvermerk']) expect((await blocks.innerText()).split(kind)).toHaveLength(2);
  await expect(blocks).toContainText('Steht in dem Eintrag, der darin aufgeht, und gilt nach dem Zusammenführen weiter.');
  await expect(helga.locator('main li.differs', { hasText: 'Sperre' })).toHaveCount(0);
  await lookAll(helga, 'merge-blocks');
});

test('keys are named where there are some: not on a tablet', async () => {
  const helga = await at('helga');
  await goTo(helga, 'Vorgänge');
  await expect(button(helga, 'Neue Anmeldung').first().locator('kbd')).toBeVisible();
  const tablet = await (await browserOf.newContext({ ...options, isMobile: true, hasTouch: true })).newPage();
  await signInAtHub(tablet, demo.hubUrl, people.helga);
  await goTo(tablet, 'Vorgänge');
  await expect(button(tablet, 'Neue Anmeldung').first()).toBeVisible();
  await expect(tablet.locator('kbd:visible')).toHaveCount(0);
  await lookAll(tablet, 'cases-tablet');
  await tablet.context().close();
});

test('somebody asks what is stored about them: identity first, then a letter that is theirs to understand', async () => {
  const helgas = await deskOf(people.helga), helga = await at('helga');
  const { hits } = await helgas.query('person.search', { text: 'Geheim-Test Gero' });
  await helga.goto(`${demo.hubUrl}/person/${hits[0].person_id}`);
  await helga.getByLabel('Anlass').selectOption('Berichtigung von Amts wegen');
  await button(helga, 'Daten anzeigen').click();
  await expect(helga.getByRole('heading', { level: 1 })).toHaveText('Gero Geheim-Test');
  await lookAll(helga, 'person-lead');
  // Nothing is kept from being erased without a reason.
  await button(helga, 'Löschsperre').click();
  await button(helga, 'Sperre setzen', dialog(helga)).click();
  await expect(dialog(helga).getByText('Der Grund fehlt noch. Ein Satz genügt.')).toBeVisible();
  await expect(dialog(helga).getByLabel('Warum?')).toBeFocused();
  await lookAll(helga, 'hold');
  await button(helga, 'Abbrechen', dialog(helga)).click();
  await button(helga, 'Selbstauskunft').click();
  await button(helga, 'Auskunft öffnen', dialog(helga)).click();
  await expect(dialog(helga).getByText('Geben Sie an, wie Sie die Identität geprüft haben.', { exact: false })).toBeVisible();
  await expect(dialog(helga).getByLabel(/^Persönlich: Ausweis gesehen/)).toBeFocused();
  await lookAll(helga, 'disclose');
  await button(helga, 'Schließen', dialog(helga)).click();
  await expect(button(helga, 'Selbstauskunft')).toBeFocused();
  await helga.keyboard.press('Enter');
  await dialog(helga).getByLabel(/^Persönlich: Ausweis gesehen/).check();
  const opened = helga.context().waitForEvent('page');
  const asked = helga.context().waitForEvent('request', (request) => request.url().includes('/api/disclosures/'));
  await button(helga, 'Auskunft öffnen', dialog(helga)).click();
  await expect(dialog(helga)).toHaveCount(0);
  await expect(button(helga, 'Selbstauskunft')).toBeFocused();
  const answer = await helga.request.get((await asked).url());
  await (await opened).close();
  expect(answer.headers()['content-type']).toContain('application/pdf');
  const letter = pdfText(await answer.body());
  for (const words of ['Auskunft über Ihre gespeicherten Daten', 'Stadt Testhausen', 'Gero Geheim-Test', 'die Person selbst', 'Lindenweg 3, 99101 Testhausen', 'Wozu:', 'Wie lange:', 'Wem etwas mitgeteilt wurde', 'Was diese Auskunft nicht enthält', 'Datenschutzaufsicht', 'Sie können widersprechen', 'Wer ist verantwortlich?'])
    expect(letter).toContain(words);
  // People read it: no code and no moment of a program.
  expect(letter).not.toMatch(/\d{4}-\d\d-\d\d|[a-z]_[a-z]|exchange\.|zu prüfen|\(\w{2,3}\)|undefined/);
  expect(letter.replace(/\s+/g, ' ')).toContain('(Artikel 77): Datenschutzaufsicht Testland, Wächtergasse 5, 99100 Testburg.');
  // Refused, it says why in the window it was to open in.
  const jutta = await at('jutta');
  await jutta.goto((await asked).url());
  await expect(jutta.getByRole('heading', { level: 1 })).toHaveText('Dafür haben Sie in diesem Amt keine Berechtigung.');
  await lookAll(jutta, 'disclosure-refused');
  await jutta.goto(demo.hubUrl);
});

test('a rejected message is put right, another is not sent again', async () => {
  for (const person of [frieda, fritz]) await booked(await deskOf(people.jutta), person);
  const page = await at('jutta');
  await goTo(page, 'Nachrichten');
  await page.getByRole('tab', { name: /^Zu entscheiden/ }).click();
  const rejected = page.locator('main tbody tr', { hasText: 'abgewiesen' });
  await expect(rejected).toHaveCount(2, { timeout: 60_000 });
  await button(page, 'Streichen', rejected.first()).click();
  await button(page, 'Streichen', dialog(page)).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Der Grund fehlt noch');
  await dialog(page).getByLabel('Warum nicht?').fill('Die Behörde hat die Anmeldung am Telefon aufgenommen');
  await lookAll(page, 'message-cancel');
  await button(page, 'Streichen', dialog(page)).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(rejected).toHaveCount(1);
  await button(page, 'Berichtigen', rejected.first()).click();
  await expect(dialog(page).getByLabel('Was haben Sie geändert?')).toBeVisible();
  await button(page, 'Neu senden', dialog(page)).click();
  await expect(dialog(page).getByRole('alert').filter({ hasText: 'Schreiben Sie in einem Satz' })).toBeVisible();
  await dialog(page).getByLabel('Was haben Sie geändert?').fill('Straße nach Verzeichnis geschrieben');
  await lookAll(page, 'message-repair');
  await button(page, 'Neu senden', dialog(page)).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole('tab', { name: 'Ausgang' }).click();
  await expect(page.getByText('gestrichen').first()).toBeVisible();
  await expect(page.getByText('berichtigt neu gesendet').first()).toBeVisible();
  await lookAll(page, 'messages-out');
});

test('roles of an account: changed, and the page of that person follows', async () => {
  const page = await at('olaf');
  await goTo(page, 'Verwaltung');
  await openAccount(page, 'Jutta Petersen');
  await lookAll(page, 'account-edit');
  const roles = dialog(page).getByRole('checkbox');
  for (const role of await roles.all()) await role.uncheck();
  await button(page, 'Rollen speichern', dialog(page)).click();
  await expect(dialog(page).getByText('Es fehlt noch: Rollen.')).toBeVisible();
  await dialog(page).getByLabel(/^Empfang/).check();
  // Who watches the others is none of them.
  await expect(dialog(page).getByLabel(/^Revision/)).toBeDisabled();
  await expect(dialog(page).getByText('nicht zusammen mit Empfang')).toBeVisible();
  await lookAll(page, 'account-roles');
  await button(page, 'Rollen speichern', dialog(page)).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(row(page, 'jutta.petersen')).toContainText('Empfang');
  const jutta = await signedInAnew('jutta');
  await expect(jutta.getByRole('link', { name: 'Touren', exact: true })).toBeVisible();
  await expect(jutta.getByRole('link', { name: 'Suche', exact: true })).toHaveCount(0);
  await lookAll(jutta, 'reception-today');
  await openAccount(page, 'Jutta Petersen');
  await dialog(page).getByLabel(/^Sachbearbeitung Bürgerbüro/).check();
  await button(page, 'Rollen speichern', dialog(page)).click();
  await expect(row(page, 'jutta.petersen')).toContainText('Sachbearbeitung Bürgerbüro');
});
const row = (page, login) => page.locator('main tbody tr', { hasText: login });
async function openAccount(page, name) {
  await awake(page, people.olaf.password);
  await page.locator('main tbody tr', { hasText: name }).click();
  await expect(dialog(page).getByRole('heading', { name: `Konto von ${name}` })).toBeVisible();
}
async function signedInAnew(name) {
  await pages[name]?.context().close();
  delete pages[name];
  return at(name);
}

test('somebody leaves: the open screen ends, no way in is left, and back again', async () => {
  const marta = await at('marta'), page = await at('olaf');
  await openAccount(page, 'Marta Nowak');
  await button(page, 'Person scheidet aus', dialog(page)).click();
  await expect(dialog(page).getByText('Marta Nowak abmelden?')).toBeVisible();
  await lookAll(page, 'account-leaves');
  await button(page, 'Ja, Konto abmelden', dialog(page)).click();
  await expect(row(page, 'marta.nowak')).toContainText('ausgeschieden');
  await lookAll(page, 'accounts');
  await expect(marta.getByText('Bitte melden Sie sich erneut an')).toBeVisible({ timeout: 30_000 });
  await marta.getByLabel('Anmeldename').fill(people.marta.login);
  await marta.getByLabel('Passwort').fill(people.marta.password);
  await marta.keyboard.press('Enter');
  await expect(marta.getByRole('alert')).toBeVisible();
  await lookAll(marta, 'account-left');
  await openAccount(page, 'Marta Nowak');
  await button(page, 'Wieder aufnehmen', dialog(page)).click();
  await expect(row(page, 'marta.nowak')).toContainText('aktiv');
});

test('passkeys: listed with their last use, removed with a second press, the last way in stays', async () => {
  const page = await (await browserOf.newContext(options)).newPage();
  watchFaults(page, 'passkeys');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await signInAtHub(page, demo.hubUrl.replace('127.0.0.1', 'localhost'), people.deniz);
  await page.getByRole('button', { name: /Deniz Aydın/ }).click();
  await page.getByRole('link', { name: 'Mein Konto' }).click();
  await expect(page.getByText('Kein Passkey.')).toBeVisible();
  await page.locator('#passkey-name').fill('Schlüssel am Bund');
  await page.keyboard.press('Enter');
  const item = page.locator('main li', { hasText: 'Schlüssel am Bund' });
  await expect(item).toContainText('noch nicht benutzt');
  await page.getByRole('button', { name: /Deniz Aydın/ }).click();
  await button(page, 'Abmelden').click();
  await button(page, 'Mit Passkey anmelden').click();
  await page.getByRole('button', { name: /Deniz Aydın/ }).click();
  await page.getByRole('link', { name: 'Mein Konto' }).click();
  await expect(item).toContainText('zuletzt benutzt');
  await lookAll(page, 'passkeys');
  await button(page, 'Entfernen', item).click();
  await button(page, 'Wirklich entfernen', item).click();
  await expect(page.getByText('Kein Passkey.')).toBeVisible();
  await page.context().close();
});

test('which data, for what, on which law: a page for everybody who signs in', async () => {
  const page = await at('karin');
  await page.getByRole('button', { name: /Karin Behrens/ }).click();
  await page.getByRole('link', { name: 'Welche Daten, wofür' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ihre Daten');
  for (const words of ['Familienname', 'BMG § 3', 'Bundeszentralamt für Steuern']) await expect(page.getByText(words, { exact: false }).first()).toBeVisible();
  await lookAll(page, 'records');
});

test('the journal: who did and read what, in words; nothing about registrations is open to the auditor', async () => {
  const page = await at('karin');
  await page.getByRole('link', { name: 'Heute', exact: true }).click();
  // Their start page says where their work is; a search that is not theirs is not offered.
  await expect(page.getByText('Das Protokoll liegt bereit.')).toBeVisible();
  await expect(page.getByRole('search')).toHaveCount(0);
  await lookAll(page, 'today-auditor');
  await goTo(page, 'Protokoll');
  const rows = page.locator('main tbody tr');
  await expect(rows.first()).toBeVisible();
  // A day before the first entry has none; today has them all, the older ones after a press.
  const until = (day) => page.getByRole('group', { name: /^Bis/ }).getByLabel('Tag').fill(day.split('-').reverse().join('.'));
  await until(isoDay(3));
  await button(page, 'Anzeigen').click();
  await expect(page.getByText('Kein Eintrag passt.')).toBeVisible();
  await until(isoDay(0));
  await button(page, 'Anzeigen').click();
  await expect(rows.first()).toBeVisible();
  await button(page, 'Ältere Einträge').click();
  for (const words of ['Buchung zurückgenommen', 'eingegangene Nachricht entschieden', 'Konto ab- oder angemeldet', 'Rollen geändert']) await expect(page.locator('main tbody').getByText(words).first()).toBeVisible();
  await lookAll(page, 'journal');
  // On paper no column is cut off.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 720, height: 900 });
  expect(await page.locator('main table').evaluate((table) => table.getBoundingClientRect().right <= document.documentElement.clientWidth)).toBe(true);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 800 });
  // Every step has a German name: no entry shows the program's own.
  const raw = (await page.locator('main tbody td:nth-child(3)').allTextContents()).filter((text) => /[a-z_]+\.[a-z_]+|\/api\//.test(text));
  expect([...new Set(raw.map((text) => text.trim()))]).toEqual([]);
  await page.getByRole('button', { name: 'Stichprobe ziehen' }).click();
  await expect(page.getByRole('button', { name: 'Nach dem Anlass fragen' }).first()).toBeVisible();
  await look(page, 'journal-sample');
  const colleague = rows.filter({ has: button(page, 'Nach dem Anlass fragen') }).filter({ hasText: /Jutta Petersen|Helga Tietjen/ }).first();
  const who = (await colleague.textContent()).includes('Jutta') ? 'jutta' : 'helga';
  await button(page, 'Nach dem Anlass fragen', colleague).click();
  await expect(page.getByText('gefragt, noch nicht beantwortet')).toBeVisible();
  const asked = await signedInAnew(who);
  await goTo(asked, 'Aufgaben');
  const question = asked.getByRole('listitem').filter({ hasText: 'Revision fragt' });
  await expect(button(asked, 'Termin vereinbaren', question)).toHaveCount(0);
  await lookAll(asked, 'tasks-question');
  await button(asked, 'Antworten', question).click();
  await lookAll(asked, 'question');
  await dialog(asked).getByLabel('Wofür haben Sie die Daten gebraucht?').fill('Die Person stand vor mir');
  await button(asked, 'Antworten', dialog(asked)).click();
  await expect(question).toHaveCount(0);
  await button(page, 'Gefragt').click();
  await expect(page.getByText('Antwort: Die Person stand vor mir')).toBeVisible();
  await lookAll(page, 'journal-asked');
  await page.getByRole('button', { name: 'Alle Einträge' }).click();
  await expect(page.locator('main tbody').getByText('Rollen geändert').first()).toBeVisible();
  const all = await rows.count();
  await page.getByLabel('Einträge eingrenzen').fill('Helga');
  await expect.poll(() => rows.count()).toBeLessThan(all);
  for (const text of await rows.allTextContents()) expect(text).toContain('Helga');
  await page.getByLabel('Einträge eingrenzen').fill('gibtesnicht');
  await expect(page.getByText('Kein Eintrag passt.')).toBeVisible();
  await look(page, 'journal-none');
  for (const name of ['Suche', 'Vorgänge', 'Nachrichten', 'Verwaltung']) await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  await page.goto(`${demo.hubUrl}/vorgaenge`);
  await expect(page.getByText('Diese Seite gibt es nicht.')).toBeVisible();
  await lookAll(page, 'page-missing');
});

test('what will be erased: the lead looks beforehand, for any day', async () => {
  const helga = await at('helga');
  await goTo(helga, 'Löschungen');
  await expect(helga.getByText('An diesem Tag wird nichts gelöscht.')).toBeVisible();
  await lookAll(helga, 'erasures-none');
  await helga.getByLabel('Tag', { exact: true }).fill('');
  await button(helga, 'Anzeigen').click();
  await expect(helga.getByLabel('Tag', { exact: true })).toBeFocused();
  await look(helga, 'erasures-no-day');
  await helga.getByLabel('Tag', { exact: true }).fill('01.01.2036');
  await button(helga, 'Anzeigen').click();
  await expect(helga.getByText('Stand für 1.1.2036')).toBeVisible();
  const papers = helga.getByRole('table', { name: 'Unterlagen von Anmeldungen' });
  await expect(papers.getByRole('link').first()).toHaveText(/^Z-\d+$/);
  await expect(helga.getByRole('table', { name: 'Zurückgenommene Anmeldungen' })).toContainText(wanda.family);
  await lookAll(helga, 'erasures');
  await helga.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(button(helga, 'Anzeigen')).toBeHidden();
  await expect(helga.locator('html')).toHaveAttribute('data-kern-theme', 'light');
  await expect(papers).toBeVisible();
  await helga.emulateMedia({ media: 'screen', colorScheme: 'light' });
  // Nearly every card of Testland is past its time by then: so many two persons release.
  await helga.getByLabel('Tag', { exact: true }).fill('01.01.2041');
  await expect(helga.getByLabel('Tag', { exact: true })).toHaveValue('1');
  await button(helga, 'Anzeigen').click();
  await expect(helga.getByText('Stand für 1.1.2041')).toBeVisible();
  await expect(helga.locator('section', { hasText: 'Angaben zu Ausweisen' })).toContainText('Das geben zwei Personen frei');
  await look(helga, 'erasures-release');
  // Two have released it: nobody is sent to a task any more.
  const released = (by, released_by) => ({ by, since: isoDay(3), count: 120, released_by });
  await helga.route('**/api/queries/residence.erasures', async (route) => {
    const response = await route.fetch(), body = await response.json();
    for (const rule of body.answer.rules) if (rule.rule === 'documents') rule.releases = [released('lead', 'Helga Tietjen'), released('second', 'Jutta Petersen')];
    await route.fulfill({ response, json: body });
  });
  await button(helga, 'Anzeigen').click();
  const cards = helga.locator('section', { hasText: 'Angaben zu Ausweisen' });
  await expect(cards).toContainText('Zwei Personen haben es freigegeben');
  await expect(cards.getByRole('link', { name: 'Zu den Aufgaben' })).toHaveCount(0);
  await look(helga, 'erasures-released');
  await helga.unroute('**/api/queries/residence.erasures');
  await papers.getByRole('link').first().click();
  await expect(helga).toHaveURL(/vorgaenge/);
  // Nobody but the lead has the page.
  await expect((await at('jutta')).getByRole('link', { name: 'Löschungen' })).toHaveCount(0);
});

test('everything of the authority: asked for by the administration, released by the lead, fetched with a secret that is shown once', async () => {
  const page = await at('olaf');
  const openTab = async () => { await goTo(page, 'Verwaltung'); await page.getByRole('tab', { name: 'Auszug' }).click(); };
  await openTab();
  await expect(page.getByText('Noch kein Auszug.')).toBeVisible();
  await lookAll(page, 'export-none');
  await button(page, 'Auszug beantragen').click();
  await button(page, 'Auszug beantragen', dialog(page)).click();
  await expect(dialog(page).getByText('Schreiben Sie in einem Satz, wofür.')).toBeVisible();
  await dialog(page).getByLabel('Wofür brauchen Sie den Auszug?').fill('Der Rat will wissen, was hier gespeichert ist.');
  await lookAll(page, 'export-ask');
  await button(page, 'Auszug beantragen', dialog(page)).click();
  await expect(page.getByText('wartet auf die Freigabe')).toBeVisible();
  await expect(button(page, 'Auszug erstellen')).toHaveCount(0);
  await lookAll(page, 'export-asked');
  const helga = await at('helga');
  await goTo(helga, 'Aufgaben');
  await expect(helga.getByText('Der Rat will wissen, was hier gespeichert ist.')).toBeVisible();
  await button(helga, /^Freigeben oder ablehnen/).click();
  await expect(dialog(helga).getByText('Soll die Fachadministration alle Daten der Behörde', { exact: false })).toBeVisible();
  await dialog(helga).getByLabel('Ja, ich gebe den Auszug frei.').check();
  await dialog(helga).getByLabel('Was haben Sie geprüft?').fill('Der Beschluss liegt vor.');
  await lookAll(helga, 'export-release');
  await button(helga, 'Festhalten', dialog(helga)).click();
  await expect(dialog(helga)).toHaveCount(0);
  await expect(page.getByText('freigegeben', { exact: true })).toBeVisible(); // without a reload
  await expect(page.getByText('Helga Tietjen: Der Beschluss liegt vor.')).toBeVisible();
  await lookAll(page, 'export-released');
  await button(page, 'Auszug erstellen').click();
  const shown = dialog(page).locator('output');
  await expect(shown).toHaveText(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  const secret = await shown.textContent();
  await lookAll(page, 'export-secret');
  await button(page, 'Ich habe es aufgeschrieben', dialog(page)).click();
  await expect(page.getByText('liegt bereit')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(secret)).toHaveCount(0);
  await lookAll(page, 'export-ready');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Auszug herunterladen' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^auszug-99001001-\d{4}-\d\d-\d\d\.wanderamt$/);
  const folder = mkdtempSync(join(tmpdir(), 'wa-export-'));
  execFileSync(program, ['admin', 'export', 'open', await download.path(), join(folder, 'alles')], { input: `${secret}\n`, stdio: 'pipe' });
  expect(readFileSync(join(folder, 'alles/tables/tenant_export.jsonl'), 'utf8')).toContain('Der Rat will wissen');
  rmSync(folder, { recursive: true });
  await page.reload();
  await openTab();
  await button(page, 'Beenden').click();
  await expect(page.getByText('Diesen Auszug beenden?')).toBeVisible();
  await lookAll(page, 'export-end');
  await button(page, 'Ja, beenden').click();
  await expect(page.getByText('Die Datei ist gelöscht oder wurde nicht erstellt.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Auszug herunterladen' })).toHaveCount(0);
});

test('no page had a fault: WCAG 2.2 AA, no sideways scrolling, no script error', () => {
  expect(faults, `${seen.length} pages`).toEqual([]);
});
