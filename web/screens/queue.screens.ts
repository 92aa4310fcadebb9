import { choose, expect, fieldOf, open, pill, rowOf } from '../tests/support/desk.js';
import { screen } from './screen.js';

const grid = '[data-testid="rows"] [data-ticket]';

screen('queue', async ({ page, shoot }) => {
  await open(page, '/');
  await expect(page.locator(grid).first()).toBeVisible();
  await shoot('queue');
  await page.getByRole('button', { name: 'Priority', exact: true }).first().click();
  await shoot('queue-filter-menu');
});

screen('queue with a ticket open', async ({ page, shoot, colleague, api }) => {
  const { results } = await api.list('status=in_progress&priority=high,critical&page_size=1');
  const [ticket] = results;
  await open(colleague.page, `/tickets/${ticket!.id}`);
  await open(page, `/?ticket=${ticket!.id}`);
  await expect(page.getByTestId('description')).not.toBeEmpty();
  await expect(page.getByTestId('faces').first()).toBeVisible();
  await shoot('queue-ticket');
});

screen('queue with some selected', async ({ page, shoot }) => {
  await open(page, '/?status=open');
  await expect(page.locator(grid).first()).toBeVisible();
  for (const key of 'jxjxjx') await page.keyboard.press(key);
  await expect(page.getByTestId('bulk')).toBeVisible();
  await shoot('queue-bulk');
  await page.getByTestId('bulk').getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  await expect(page.getByTestId('bulk-dialog')).toContainText('3 tickets');
  await shoot('queue-bulk-preview');
});

screen('palette, keys, menus', async ({ page, shoot }) => {
  await open(page, '/');
  await expect(page.locator(grid).first()).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toBeVisible();
  await shoot('palette');
  await page.keyboard.type('critical');
  await shoot('palette-search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shoot('keys');
  await page.keyboard.press('Escape');
  for (const [key, name] of [
    ['s', 'status'],
    ['a', 'assignee'],
  ]) {
    await page.keyboard.press('j');
    await page.keyboard.press(key!);
    await shoot(`queue-menu-${name}`);
    await page.keyboard.press('Escape');
  }
  await page.getByTestId('account-menu').click();
  await shoot('account-menu');
});

screen('arrivals gather, leavers wait', async ({ page, shoot, api }) => {
  const ticket = await api.create({ title: 'The export stops at 10,000 rows', priority: 'high' });
  await open(page, '/?status=open');
  await rowOf(page, ticket).hover();
  await api.create({ title: 'Two invoices for one order', category: 'billing', priority: 'medium' });
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(rowOf(page, ticket)).toContainText('No longer in this list');
  await shoot('queue-arrivals');
});

screen('a conflict', async ({ page, shoot, api, colleague }) => {
  const ticket = await api.create({ title: 'The password mail never arrives', category: 'account' });
  await open(page, '/');
  const held = Promise.withResolvers<void>();
  const asked = page.waitForRequest((request) => request.method() === 'PATCH');
  const path = `**/api/tickets/${ticket.id}`;
  const hold = { times: 1 };
  await page.route(path, (route) => held.promise.then(() => route.continue()), hold);
  await choose(fieldOf(rowOf(page, ticket), 'status'), 'Closed');
  await asked;
  await colleague.api.patch(ticket.id, { status: 'resolved' });
  held.resolve();
  await expect(page.getByText(/was changed by somebody else/)).toBeVisible();
  await shoot('queue-conflict');
});

screen('nothing found, nothing there', async ({ page, shoot, nothing }) => {
  await open(page, '/?search=unheard-of');
  await expect(page.getByText('No tickets match')).toBeVisible();
  await shoot('queue-no-match');
  await open(nothing, '/');
  await shoot('queue-empty', nothing);
});

screen('loading and failure', async ({ page, shoot }) => {
  await page.route('**/api/tickets?*', () => undefined);
  await page.goto('/');
  await expect(page.locator('[data-skeleton]').first()).toBeVisible();
  await shoot('queue-loading');
  await page.unroute('**/api/tickets?*');
  await page.route('**/api/tickets?*', (route) => route.abort());
  await page.goto('/?status=open');
  await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toBeVisible();
  await shoot('queue-failed');
});

screen('offline', async ({ page, shoot, context, wire, api }) => {
  const ticket = await api.create({ title: 'Which of the two plans is mine?' });
  await open(page, '/');
  await expect(rowOf(page, ticket)).toBeVisible();
  await page.waitForLoadState('networkidle');
  wire.cut();
  await context.setOffline(true);
  await expect(pill(page)).toHaveAttribute('data-look', 'offline');
  await choose(fieldOf(rowOf(page, ticket), 'status'), 'Resolved');
  await expect(pill(page)).toContainText('1 change waiting');
  await shoot('queue-offline');
  await pill(page).click();
  await shoot('queue-offline-waiting');
});

screen('views', async ({ page, shoot, viewport }) => {
  await open(page, '/?status=open&assignee=none&priority=high');
  await expect(page.locator(grid).first()).toBeVisible();
  await shoot('queue-filtered');
  if (viewport!.width < 640) {
    await page.getByRole('button', { name: 'Views' }).click();
    await shoot('queue-views');
  }
  await page.getByRole('button', { name: 'Save view' }).click();
  await shoot('queue-save-view');
});
