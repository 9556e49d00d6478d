// Each page visited is looked at: axe (WCAG 2.0 to 2.2, A and AA), a phone's width without sideways scrolling, dark
// mode, and pictures of it for people. What is wrong is collected, so that one page does not hide the next.
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const folder = join(import.meta.dirname, 'results/screens');
mkdirSync(folder, { recursive: true });

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const tablet = { width: 768, height: 1024 };

/** Faults found so far, one line each: page, what, where. */
export const faults = [];
/** Names of the pages looked at. */
export const seen = [];

/** Script errors and refusals by the content policy are faults too. */
export function watchFaults(page, name) {
  page.on('pageerror', (error) => faults.push(`${name}: script error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()) && faults.push(`${name}: ${message.text()}`));
}

/** From here on colours do not fade on this page: one that was in the background begins to only once it is seen again. */
const still = (page) => page.evaluate(() => {
  if (window.wa_still) return;
  window.wa_still = new CSSStyleSheet();
  window.wa_still.replaceSync('*, *::before, *::after { transition: none !important }');
  document.adoptedStyleSheets.push(window.wa_still);
});

/** The page's content security policy forbids further scripts: axe comes as an expression of the debugger. */
async function axe(page, name, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(async ([values, only]) => {
    const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values };
    return (await window.axe.run(document, { runOnly, resultTypes: ['violations'] })).violations;
  }, [tags, rules]);
  for (const { id, nodes } of violations)
    for (const node of nodes) faults.push(`${name}: ${id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none)[0]?.message ?? ''}`);
}

async function sideways(page, name) {
  const { wide, room, who } = await page.evaluate(() => {
    const root = document.documentElement, room = root.clientWidth;
    const over = [...document.querySelectorAll('main *, dialog[open] *')].filter((one) => one.getBoundingClientRect().right > room + 1);
    return { wide: root.scrollWidth, room, who: over.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(', ') };
  });
  if (wide > room) faults.push(`${name}: ${wide} px wide on a screen of ${room} px: ${who}`);
}

/** No page shows what a program says when there is nothing to say. */
async function nonsense(page, name) {
  const found = /.*(\bundefined\b|\bNaN\b|\[object ).*/.exec(await page.locator('body').innerText());
  if (found) faults.push(`${name}: "${found[0]}" is shown`);
}

/** The whole page, unless it is so long that nobody could see anything in it: then what stands on the screen. */
async function picture(page, name) {
  const fullPage = await page.evaluate(() => document.documentElement.scrollHeight < 3000);
  if (fullPage) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' });
}
/** What follows the size or the colours has been drawn, and no colour is on its way from the one to the other. */
const drawn = (page) => page.evaluate(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  // In what is folded away nothing is drawn, and nothing that moves there ever arrives.
  const moving = () => document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity && effect.target?.checkVisibility({ visibilityProperty: true }));
  await frame();
  for (let turn = 0; turn < 20 && (await frame(), moving().length > 0); turn++) await Promise.allSettled(moving().map(({ finished }) => finished));
});

/** Looks at the page as it stands. Leaves it at desktop width and light. */
export async function look(page, name) {
  seen.push(name);
  await still(page);
  await drawn(page);
  await nonsense(page, name);
  await axe(page, `${name} 1280`);
  await picture(page, `${name}-1280`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await drawn(page);
  await axe(page, `${name} dark`, ['color-contrast']);
  await picture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(tablet);
  await drawn(page);
  await sideways(page, `${name} 768`);
  await page.setViewportSize(phone);
  await drawn(page);
  await sideways(page, `${name} 390`);
  await axe(page, `${name} 390`);
  await picture(page, `${name}-390`);
  await page.setViewportSize(desktop);
  await drawn(page);
}

/** The narrowest screen people have (320 px, WCAG 1.4.10): nothing scrolls sideways. */
export async function narrow(page, name) {
  await page.setViewportSize({ width: 320, height: 640 });
  await drawn(page);
  await sideways(page, `${name} 320`);
  await picture(page, `${name}-320`);
  await page.setViewportSize(desktop);
  await drawn(page);
}

/** All of that. */
export async function lookAll(page, name) {
  await look(page, name);
  await narrow(page, name);
}
