import { counted, expect, numberIn, test as base } from './support/desk.js';
import type { Locator, Page } from '@playwright/test';

interface Display {
  readonly id: string;
  readonly secret: string;
}

const test = base.extend<{ display: Display }>({
  display: async ({ api, word }, use) => {
    const made = await api.send<{ id: string; url: string }>('POST', '/api/displays', {
      name: `Lobby ${word}`,
    });
    await use({ id: made.id, secret: new URL(made.url).hash.slice(1) });
  },
});

const freshness = (page: Page): Locator => page.getByTestId('freshness');
const figure = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name: 'Figures of the desk' })
    .locator('dl > div', { has: page.getByText(name, { exact: true }) })
    .locator('dd');

async function openWall(page: Page, { secret }: Display): Promise<void> {
  await page.goto(`/display#${secret}`);
  await expect(page).toHaveURL('/wall');
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
}

test('a display link leaves the address bar and the history before anything is asked', async ({
  visitor,
  display,
}) => {
  await visitor.addInitScript(() => {
    const places: string[] = [];
    Object.assign(window, { places });
    const { fetch } = window;
    window.fetch = (...call) => {
      places.push(location.href);
      return fetch(...call);
    };
  });
  await visitor.goto('about:blank');
  await openWall(visitor, display);
  const places = await visitor.evaluate(() => (window as unknown as { places: string[] }).places);
  expect(places.length).toBeGreaterThan(1);
  expect(places.join()).not.toContain(display.secret);
  expect(await visitor.content()).not.toContain(display.secret);
  const storage = await visitor.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(storage).not.toContain(display.secret);
  // The link took the place that the wall has now.
  await visitor.goBack();
  await expect(visitor).toHaveURL('about:blank');
});

test('a screen shows live figures, and nothing else', async ({ visitor, display, api }) => {
  const asked: string[] = [];
  visitor.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openWall(visitor, display);
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(/^Lobby /);
  const [open, critical] = [figure(visitor, 'Open'), figure(visitor, 'Critical')];
  const before = [await numberIn(open), await numberIn(critical)];
  const ticket = await api.create({ title: 'Seen from afar', priority: 'critical' });
  await expect(open).toHaveText(counted(before[0]! + 1));
  await expect(critical).toHaveText(counted(before[1]! + 1));
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(open).toHaveText(counted(before[0]!));
  expect(new Set(asked.filter((path) => path.startsWith('/api/')))).toEqual(
    new Set(['/api/me', '/api/displays/open', '/api/wall']),
  );
  for (const path of ['/', '/submit', `/tickets/${ticket.id}`, '/account', '/admin']) {
    await visitor.goto(path);
    await expect(visitor).toHaveURL('/wall');
  }
});

test('a revoked display shows nothing any more, and a new link helps', async ({ visitor, display, api }) => {
  await openWall(visitor, display);
  await api.send('DELETE', `/api/displays/${display.id}`);
  await expect(visitor.getByRole('alert')).toContainText('This screen may no longer show the board');
  await expect(visitor.getByRole('region', { name: 'Figures of the desk' })).toHaveCount(0);
  const next = await api.send<{ url: string }>('POST', '/api/displays', { name: 'Lobby again' });
  await openWall(visitor, { id: '', secret: new URL(next.url).hash.slice(1) });
});

test('people see the wall too, and find their way back', async ({ page }) => {
  await page.goto('/wall');
  await expect(freshness(page)).toHaveAttribute('data-look', 'live');
  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('grid', { name: 'Tickets' })).toBeVisible();
});

test.describe('without a connection', () => {
  test.use({ tolerated: /ERR_|WebSocket connection/ });

  test('old figures are called old, and it heals by itself', async ({ visitor, display, wire, api }) => {
    await openWall(visitor, display);
    const created = figure(visitor, 'New today');
    const before = await numberIn(created);
    wire.cut();
    await expect(freshness(visitor)).toContainText(/^\s*Data \d+ s old/);
    await api.create({ title: 'Missed by the screen' });
    wire.mend();
    await expect(freshness(visitor)).toHaveAttribute('data-look', 'live');
    await expect(created).toHaveText(counted(before + 1));
  });
});

test.describe('a link that is not known', () => {
  test.use({ tolerated: /status of 410/ });

  test('says so, and leaves the address bar as well', async ({ visitor }) => {
    await visitor.goto('/display#sbd_nothing');
    await expect(visitor.getByRole('alert')).toContainText('This display link cannot be used');
    await expect(visitor).toHaveURL('/display');
    await visitor.reload();
    await expect(visitor.getByRole('alert')).toContainText('This page needs a display link');
  });
});
