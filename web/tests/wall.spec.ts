import type { CDPSession, Locator, Page } from '@playwright/test';

import { hindrancesAsShown } from './support/axe.js';
import { counted, expect, numberIn, test } from './support/desk.js';
import { FakeFeed } from './support/fake-feed.js';
import { eventOf, rowOf, statsOf, wallOf } from './support/wall-fixture.js';

const freshness = (page: Page): Locator => page.getByTestId('freshness');
const panel = (page: Page, name: string): Locator => page.getByRole('region', { name });
const ticker = (page: Page): Locator => page.getByTestId('ticker');
const board = (page: Page): Locator => page.getByTestId('board');

async function openWall(page: Page, query = ''): Promise<void> {
  await page.goto(`/wall${query}`);
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
}

test('follows what happens, list by list', async ({ page, api, word }) => {
  await openWall(page);
  const arrived = panel(page, 'Last 24 hours').getByText('Arrived').locator('span').last();
  const before = await numberIn(arrived);
  const ticket = await api.create({
    title: `Signals down ${word}`,
    priority: 'critical',
    category: 'technical',
  });
  const inCritical = panel(page, 'Newest critical').locator(`[data-ticket="${ticket.id}"]`);
  await expect(inCritical).toContainText(word);
  await expect(ticker(page)).toContainText(`submitted #${ticket.id}`);
  await expect(arrived).toHaveText(counted(before + 1));
  const cell = page
    .getByRole('row', { name: /^Critical/ })
    .getByRole('cell')
    .nth(1);
  const critical = await numberIn(cell);
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(inCritical).toHaveCount(0);
  await expect(cell).toHaveText(counted(critical - 1));
  await expect(ticker(page)).toContainText(`resolved #${ticket.id}`);
});

test('shows what the server says after a deletion, which tells nobody where it was counted', async ({
  page,
  api,
}) => {
  const ticket = await api.create({ title: 'Not for long', priority: 'critical', category: 'account' });
  await openWall(page);
  const cell = page
    .getByRole('row', { name: /^Critical/ })
    .getByRole('cell')
    .nth(2);
  const before = await numberIn(cell);
  await api.send('DELETE', `/api/tickets/${ticket.id}`);
  await expect(cell).toHaveText(counted(before - 1));
});

for (const look of ['light', 'dark'] as const) {
  test(`hinders nobody, ${look}`, async ({ page, api }) => {
    await api.create({ title: 'Seen by all', priority: 'critical' });
    for (const layout of ['overview', 'figures', 'lists']) {
      await openWall(page, `?layout=${layout}&theme=${look}`);
      expect(await hindrancesAsShown(page), layout).toEqual([]);
    }
  });
}

async function fakeOf(page: Page): Promise<FakeFeed> {
  const feed = await FakeFeed.of(page, statsOf);
  await page.route('**/api/wall', (route) => route.fulfill({ json: wallOf(feed.cursor, Date.now()) }));
  return feed;
}

/** Against a server that does what the real one never should. */
const faked = test.extend<{ feed: FakeFeed }>({
  feed: async ({ page }, use) => {
    const feed = await fakeOf(page);
    await use(feed);
    feed.close();
  },
});

faked('says so when the log is read no more, though the socket stays up', async ({ page, feed }) => {
  await page.clock.install();
  await openWall(page);
  const opened = feed.opened;
  feed.isReading = false;
  await page.clock.fastForward('00:12');
  await expect(freshness(page)).toHaveAttribute('data-look', 'old');
  await expect(freshness(page)).toContainText(/Data \d+ s old/);
  // The feed is opened again, and figures come with it: they prove nothing.
  await expect.poll(() => feed.opened).toBeGreaterThan(opened);
  await expect(freshness(page)).toHaveAttribute('data-look', 'old');
  await page.clock.fastForward('02:00');
  await expect(freshness(page)).toContainText('Data 2 min old');
  await expect(freshness(page)).toHaveAttribute('data-look', 'old');
  await page.clock.fastForward('01:00');
  await expect(freshness(page)).toHaveAttribute('data-look', 'outdated');
  feed.isReading = true;
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
});

faked('takes a fresh snapshot when the server can no longer serve its position', async ({ page, feed }) => {
  await openWall(page);
  const ticket = rowOf(77_777, Date.now(), { priority: 'critical', title: 'Of the other history' });
  await page.unroute('**/api/wall');
  await page.route('**/api/wall', (route) => {
    const wall = wallOf(feed.cursor, Date.now());
    return route.fulfill({ json: { ...wall, newest_critical: [ticket, ...wall.newest_critical.slice(1)] } });
  });
  feed.forget();
  await expect(panel(page, 'Newest critical').locator('[data-ticket="77777"]')).toBeVisible();
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
});

faked('pages take turns, and the address says which and how they look', async ({ page, feed: _feed }) => {
  await page.clock.install();
  await openWall(page, '?layout=figures,lists&rotate=20&theme=light');
  await expect(page.locator('[data-theme=light]', { has: board(page) }).last()).toBeVisible();
  await expect(board(page)).toHaveAttribute('data-layout', 'figures');
  await page.clock.fastForward('00:20');
  await expect(board(page)).toHaveAttribute('data-layout', 'lists');
  await page.clock.fastForward('00:20');
  await expect(board(page)).toHaveAttribute('data-layout', 'figures');
});

for (const [width, height] of [
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const) {
  faked(
    `fits ${width}×${height} without scrolling, in letters for five metres`,
    async ({ page, feed: _feed }) => {
      await page.setViewportSize({ width, height });
      await openWall(page);
      await expect(page.getByRole('img', { name: /In the last 24 hours/ })).toBeVisible();
      const { over, smallest } = await page.evaluate(() => {
        const sizes = [...document.querySelectorAll<HTMLElement>('[data-testid=board] *')]
          .filter((element) =>
            [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
          )
          .filter((element) => element.getBoundingClientRect().width > 2)
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
        const { scrollWidth, scrollHeight } = document.documentElement;
        // What does not fit is cut, and makes nothing longer.
        const cut = [
          ...document.querySelectorAll('[data-testid=board] :is(dd > span, td, svg[role=img], h2)'),
        ]
          .map((element) => [
            element.getBoundingClientRect(),
            element.closest('section')!.getBoundingClientRect(),
          ])
          .map(([inner, part]) => Math.max(inner!.bottom - part!.bottom, part!.bottom - innerHeight));
        return {
          over: [scrollWidth - innerWidth, scrollHeight - innerHeight, ...cut],
          smallest: Math.min(...sizes) / Math.max(innerWidth, innerHeight),
        };
      });
      expect(Math.max(...over)).toBeLessThanOrEqual(0);
      // 24 px of 1920: 15 mm on a screen of 55 inches.
      expect(smallest).toBeGreaterThanOrEqual(0.0124);
    },
  );
}

faked('keeps the screen on', async ({ page, feed: _feed }) => {
  await page.addInitScript(() => {
    const asked: string[] = [];
    const request = (type: string) => {
      asked.push(type);
      return Promise.resolve({ released: false, release: () => Promise.resolve() });
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    Object.assign(window, { asked });
  });
  await openWall(page);
  const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked);
  await expect.poll(asked).toEqual(['screen']);
});

faked.describe('after a release', () => {
  faked.use({ tolerated: /status of 502/ });

  faked('loads itself anew once it can be had, and not before', async ({ page, feed: _feed }) => {
    await page.clock.install();
    await openWall(page);
    await page.evaluate(() => Object.assign(window, { isOld: true }));
    const isOld = () => page.evaluate(() => 'isOld' in window);
    const checked = page.waitForResponse('**/_app/version.json');
    await page.clock.fastForward('01:01');
    await checked;
    expect(await isOld()).toBe(true);
    await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'the next one' } }));
    // What stands before a server that is not up yet answers for it.
    const document = /:\d+\/wall$/;
    await page.route(document, (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
    const refused = page.waitForResponse(document);
    await page.clock.fastForward('01:01');
    await refused;
    expect(await isOld()).toBe(true);
    await page.unroute(document);
    const loaded = page.waitForEvent('load');
    await page.clock.fastForward('01:01');
    await loaded;
    await page.unroute('**/_app/version.json');
    expect(await isOld()).toBe(false);
  });
});

test('takes no more memory after 50,000 changes than before', async ({ visitor: page, api, word }) => {
  test.setTimeout(180_000);
  const feed = await fakeOf(page);
  const display = await api.send<{ url: string }>('POST', '/api/displays', { name: `For weeks ${word}` });
  await page.goto(`/display${new URL(display.url).hash}`);
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await storm(page, feed, 5_000);
  const before = await sizeOf(devtools);
  await storm(page, feed, 50_000);
  const after = await sizeOf(devtools);
  test.info().annotations.push({ type: 'size', description: JSON.stringify({ before, after }) });
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.heap - before.heap).toBeLessThan(1_000_000);
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
  feed.close();
});

const BATCH = 100;
const BATCHES_AT_ONCE = 25;

/** Changes of all kinds, each of a ticket of its own or of one shortly before. */
async function storm(page: Page, feed: FakeFeed, changes: number): Promise<void> {
  for (let sent = 0; sent < changes; sent += BATCH) {
    feed.send(Array.from({ length: BATCH }, (_, index) => changeOf(feed.cursor.id + 1 + index)));
    if ((sent / BATCH) % BATCHES_AT_ONCE === 0) {
      await expect(ticker(page)).toContainText(`#${changeOf(feed.cursor.id).ticket_id}`);
    }
  }
  await expect(ticker(page)).toContainText(`#${changeOf(feed.cursor.id).ticket_id}`);
}

/** By its number: a ticket arrives, is set to critical, is resolved; and the next. */
function changeOf(id: number) {
  const step = id % 3;
  const ticket = rowOf(100_000 + (id - step), Date.now(), {
    version: step + 1,
    priority: step === 0 ? 'low' : 'critical',
    status: step === 2 ? 'resolved' : 'open',
  });
  const changes = [{}, { priority: ['low', 'critical'] }, { status: ['open', 'resolved'] }] as const;
  return eventOf(id, Date.now(), ticket, changes[step] as Record<string, [unknown, unknown]>);
}

async function sizeOf(devtools: CDPSession): Promise<{ heap: number; nodes: number }> {
  // Weak references are let go by a second round.
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const read = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return { heap: read('JSHeapUsedSize'), nodes: read('Nodes') };
}
