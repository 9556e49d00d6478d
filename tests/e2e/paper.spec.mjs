// What comes out of the printer with Ctrl+P: the whole case in words, whatever of it stands on the screen.
import { expect, test } from '@playwright/test';
import { isoDay, people } from './demo.mjs';
import { select, signInAtHub } from './desk_steps.mjs';
import { pdfText, registrationForm } from './material.mjs';
import { Office } from './tour_steps.mjs';

const office = new Office();
let page, desk;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  await office.open(browser);
  desk = await office.hubDesk();
  page = await office.page('Jutta');
  await signInAtHub(page, office.hubUrl, people.jutta);
  await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible();
});
test.afterEach(({}, { status }) => void (status !== 'passed' && office.lastWords()));
test.afterAll(() => office.remove());

/** What the form of these tests says in codes: the words for them, and the codes that nobody shall read. */
const words = ['Polen', 'deutsch', 'weiblich', 'verwitwet', 'römisch-katholisch', 'Musterstedt'];
const codes = /\b(99001002|00101|152|VW|rk)\b/;

async function openCase() {
  const { case_id } = await desk.command('case.open', { procedure: 'residence.registration', channel: 'counter', title: 'Wéronika Łącka' });
  return case_id;
}
async function show(case_id) {
  // As somebody who comes straight to it: nothing of an earlier page is remembered.
  await page.goto(`${office.hubUrl}/vorgaenge/${case_id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Wéronika');
  await page.waitForLoadState('networkidle');
}
/** The browser tells the page as with Ctrl+P; there is no second look. */
const printed = async () => pdfText(await page.pdf());

test('a declared case: in words, though none of them stood on the screen', async () => {
  const case_id = await openCase();
  await desk.command('case.submit', { case_id, form: registrationForm({ movedIn: isoDay(3) }) });
  await show(case_id);
  const screen = await page.locator('main').innerText();
  for (const word of words) expect(screen).not.toContain(word);
  const paper = await printed();
  for (const word of words) expect(paper).toContain(word);
  expect(paper).not.toMatch(codes);
  // And the page is back afterwards.
  await expect(page.getByRole('heading', { name: 'Nachweise', exact: true }).first()).toBeVisible();
});

test('a draft: as it stands, with what was chosen a moment ago', async () => {
  const case_id = await openCase(), form = registrationForm({ movedIn: isoDay(3) });
  form.signer = 'host';
  await desk.command('draft.save', { case_id, form });
  await show(case_id);
  await select(page, 'exemption', 'none');
  const country = page.locator('#f-persons-0-person-birth_country');
  await page.locator('#f-persons-0').evaluate((card) => { card.open = true; });
  await country.fill('Frankr');
  await page.getByRole('option', { name: /Frankreich/ }).click();
  // Its word is asked for at once; how soon it comes is the line's affair.
  await expect.poll(printed).toContain('Frankreich');
  const paper = await printed();
  for (const word of words.slice(1)) expect(paper).toContain(word);
  expect(paper).not.toContain('Polen');
  expect(paper).not.toMatch(codes);
});
