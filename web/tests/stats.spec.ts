import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

import { hindrances } from './support/axe.js';
import { expect, expectLive, open, test } from './support/desk.js';
import { seriesFor } from './support/series-fixture.js';

const SERIES = '**/api/tickets/stats/series*';
const chart = (page: Page, key: string): Locator => page.locator(`[data-chart="${key}"]`);

/** Of a busy desk, where the very numbers do not matter. */
async function fill(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route(SERIES, (route) => {
    asked.push(new URL(route.request().url()).search);
    return route.fulfill({ json: seriesFor(route.request().url(), Date.now()) });
  });
  return asked;
}

test('what happens is in the figures a few seconds later', async ({ page, api }) => {
  await open(page, '/stats?range=today');
  await chart(page, 'flow').getByRole('button', { name: 'Table' }).click();
  const cells = chart(page, 'flow').locator('tbody td:first-of-type');
  // All hours of the day: the next one may begin meanwhile.
  const cameIn = async () =>
    (await cells.allTextContents()).reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
  await expect(cells.last()).toBeVisible();
  const before = await cameIn();
  await api.create({ title: 'Counted at once' });
  await expect.poll(cameIn).toBe(before + 1);
  await expect(page.getByTestId('as-of')).toContainText('follows every change');
});

test('ranges, filters and groups are in the address, and are what is asked for', async ({ page }) => {
  // Nine drawings of the page, on a machine that may be busy.
  test.slow();
  const asked = await fill(page);
  await open(page, '/stats');
  await expect(chart(page, 'backlog').locator('svg').last()).toBeVisible();
  await page.getByRole('button', { name: '90 days' }).click();
  await expect(page).toHaveURL('/stats?range=90d');
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemradio', { name: 'Priority' }).click();
  await expect(page).toHaveURL('/stats?range=90d&group=priority');
  await expect(chart(page, 'inflow').getByRole('list', { name: 'Legend' })).toContainText('Critical');
  await page.getByRole('button', { name: 'Category' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Billing' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/stats?range=90d&category=billing&group=priority');
  await expect.poll(() => asked.at(-1)).toContain('category=billing');
  expect(asked.some((query) => query.includes('group_by=priority') && query.includes('interval=day'))).toBe(
    true,
  );
  await page.reload();
  await expect(chart(page, 'inflow')).toBeVisible();
  await page.getByRole('button', { name: 'Today' }).click();
  await expect.poll(() => asked.at(-1)).toContain('interval=hour');
});

test('days can be chosen by hand', async ({ page }) => {
  const asked = await fill(page);
  await open(page, '/stats');
  await page.getByRole('button', { name: 'Custom…' }).click();
  await page.getByLabel('From').fill('2026-02-10');
  await page.getByLabel('To', { exact: true }).fill('2026-02-01');
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await page.getByLabel('To', { exact: true }).fill('2026-03-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL('/stats?from=2026-02-10&to=2026-03-01');
  await expect
    .poll(() => decodeURIComponent(asked.at(-1) ?? ''))
    .toMatch(/from=2026-02-10T00:00:00.000Z&to=2026-03-02T00:00:00.000Z/);
});

test('a chart is a table and a file too', async ({ page }) => {
  await fill(page);
  await open(page, '/stats?range=7d');
  const flow = chart(page, 'flow');
  await expect(flow.locator('svg').last()).toBeVisible();
  await flow.getByRole('button', { name: 'Table' }).click();
  await expect(flow.getByRole('row')).toHaveCount(8);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    flow.getByRole('button', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^signalbox-flow-\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/);
  const [header, ...lines] = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(header).toBe('at,Came in,Went out');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z,\d+,\d+$/);
  expect(lines.at(-1)).toBe('');
});

test('the queue does not pay for the charts', async ({ page }) => {
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.text());
  });
  const withCharts = async () =>
    (await Promise.all(scripts)).filter((text) => text.includes('lc-axis')).length;
  await open(page, '/');
  expect(scripts.length).toBeGreaterThan(3);
  expect(await withCharts()).toBe(0);
  await page.getByRole('link', { name: 'Stats' }).click();
  await expect(chart(page, 'flow')).toBeVisible();
  await expect.poll(withCharts).toBeGreaterThan(0);
});

test.describe('without an answer', () => {
  test.use({ tolerated: /status of 503/ });

  test('says so, and comes up when asked again', async ({ page }) => {
    const problem = {
      type: 'about:blank',
      title: 'Unavailable',
      status: 503,
      detail: '',
      code: 'unavailable',
    };
    await page.route(SERIES, (route) => route.fulfill({ status: 503, json: problem }));
    await page.goto('/stats');
    const failure = page.getByRole('alert').filter({ hasText: 'could not be read' });
    await expect(failure).toBeVisible();
    await page.unroute(SERIES);
    await failure.getByRole('button', { name: 'Retry' }).click();
    await expect(chart(page, 'flow')).toBeVisible();
  });
});

test('the figures hinder nobody', async ({ page }) => {
  await fill(page);
  for (const query of ['', '?range=7d&group=assignee']) {
    await page.goto(`/stats${query}`);
    await expectLive(page);
    await expect(chart(page, 'backlog').locator('svg').last()).toBeVisible();
    await chart(page, 'resolution').getByRole('button', { name: 'Table' }).click();
    expect(await hindrances(page), query).toEqual([]);
  }
});

test('a phone needs no sideways scrolling', async ({ page }) => {
  await fill(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '/stats?group=category');
  await expect(chart(page, 'backlog').locator('svg').last()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
