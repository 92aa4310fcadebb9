import { expect, open } from '../tests/support/desk.js';
import { screen } from './screen.js';

const charts = '[data-chart] svg';

screen('stats', async ({ page, shoot, nothing }) => {
  await open(page, '/stats');
  await expect(page.locator(charts).last()).toBeVisible();
  await shoot('stats');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await shoot('stats-end');
  await page.getByRole('button', { name: 'Table' }).first().click();
  await page.evaluate(() => scrollTo(0, 0));
  await shoot('stats-table');
  await open(page, '/stats?range=90d&group=priority');
  await expect(page.locator(charts).last()).toBeVisible();
  await shoot('stats-by-priority');
  await page.getByRole('button', { name: 'Custom…' }).click();
  await shoot('stats-days');
  await open(nothing, '/stats');
  await expect(nothing.locator('[data-chart]').last()).toBeVisible();
  await shoot('stats-empty', nothing);
});

screen('stats that do not come', async ({ page, shoot }) => {
  await page.route('**/api/tickets/stats/series*', () => undefined);
  await open(page, '/stats');
  await shoot('stats-loading');
  await page.unroute('**/api/tickets/stats/series*');
  await page.route('**/api/tickets/stats/series*', (route) => route.abort());
  await open(page, '/stats?range=90d');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await shoot('stats-failed');
});
