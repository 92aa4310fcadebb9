import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** What another theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
/** To look at all that a screen shows takes a slow machine its time, beside what the test has for the rest. */
const LOOK_MS = 30_000;

/** What hinders somebody, seriously, in the light theme or in the dark one; the page follows the system's. */
export async function hindrances(page: Page): Promise<string[]> {
  const inLight = await hindrancesAsShown(page);
  await turn(page, 'dark');
  const inDark = await hindrancesAsShown(page, COLOURS);
  await turn(page, 'light');
  return [...inLight, ...inDark.map((hindrance) => `dark: ${hindrance}`)];
}

/** What hinders somebody, seriously, as the page looks now. */
export async function hindrancesAsShown(page: Page, rules?: readonly string[]): Promise<string[]> {
  test.setTimeout(test.info().timeout + LOOK_MS);
  // A glow on its way has the contrast of no moment that anybody reads.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
}
