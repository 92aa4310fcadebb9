import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What hinders somebody, seriously. */
export async function hindrances(page: Page): Promise<string[]> {
  // A glow on its way has the contrast of no moment that anybody reads.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
