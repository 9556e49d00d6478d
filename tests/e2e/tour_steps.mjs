// Steps at a hub and a Koffer that run by themselves (operation/hub.mjs), without the emulated line of the demo.
import { expect } from '@playwright/test';
import { watchFaults } from './axe.mjs';
import { people, tenant } from './demo.mjs';
import { signInAtKoffer } from './desk_steps.mjs';
import { Place, clockAhead } from '../operation/hub.mjs';
import { planTour } from '../operation/tours.mjs';

const options = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light' };

/** As clockAhead, in hours. */
export const clock = (hours) => clockAhead(hours * 3_600_000);

/** A hub with Testland, one enrolled Koffer named "koffer", and browsers at both. */
export class Office extends Place {
  async open(browser) {
    this.browser = browser;
    await this.configure();
    this.admin(['testland', '--residents', '300']);
    this.url = await this.configureKoffer('koffer');
    await this.startHub();
    this.device = this.enrol('koffer', tenant);
  }
  startKoffer(env) { return this.start('koffer', ['node', '--config', this.path('koffer.toml')], this.url, env); }

  /** A browser of its own, whose faults are those of this name. */
  async page(name) {
    const page = await (await this.browser.newContext(options)).newPage();
    watchFaults(page, name);
    return page;
  }
  async planTour(day, device = this.device) { return planTour(await this.hubDesk(), device, { day }); }
  /** Fetches the first tour the Koffer shows. */
  async fetchTour(page, at = this.url) {
    await page.goto(at);
    await page.locator('button.tour').first().click();
    await signInAtKoffer(page, 'Deniz Aydın', people.deniz.pin);
    await expect(page.getByRole('link', { name: 'Heute', exact: true })).toBeVisible({ timeout: 60_000 });
  }
  /** What the programs said last. */
  lastWords() {
    for (const [name, child] of Object.entries(this.children)) console.error(`--- ${name}\n${child.log.split('\n').slice(-15).join('\n')}`);
  }
}
