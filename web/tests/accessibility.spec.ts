import { hindrances } from './support/axe.js';
import { expect, fieldOf, open, rowOf, test } from './support/desk.js';

test('the queue hinders nobody', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Resolved', priority: 'critical', category: 'technical' });
  await api.create({ title: 'Stays', priority: 'high' });
  await open(page, '/?status=open');
  await expect(rowOf(page, ticket)).toBeVisible();
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(rowOf(page, ticket)).toContainText('No longer in this list');
  expect(await hindrances(page)).toEqual([]);
  await fieldOf(rowOf(page, ticket), 'category').click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
});

test('a ticket hinders nobody', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Readable by all', priority: 'medium' });
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByTestId('history')).toContainText('submitted the ticket');
  expect(await hindrances(page)).toEqual([]);
});

test('the form hinders nobody', async ({ page }) => {
  await open(page, '/submit');
  await page.getByLabel('Description').fill('I was charged twice for one invoice.');
  await expect(page.getByTestId('suggestion')).toHaveAttribute('data-phase', 'given');
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  await expect(page.getByText('Please give the ticket a title.')).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
});

test('the doors hinder nobody', async ({ visitor }) => {
  for (const path of ['/sign-in', '/reset-password#a-link', '/setup#a-link', '/setup', '/submit']) {
    // Another fragment alone would not load the page anew.
    await visitor.goto('about:blank');
    await visitor.goto(path);
    await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await hindrances(visitor), path).toEqual([]);
  }
});

test('a person’s own page and the account menu hinder nobody', async ({ page }) => {
  await open(page, '/account');
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
  await page.getByTestId('account-menu').click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
});

test('the theme can be switched and is kept', async ({ page }) => {
  await open(page, '/');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a phone needs no sideways scrolling', async ({ page, api }) => {
  await api.create({
    title: 'A title so long that it has no room on a phone whatever one tries',
    priority: 'high',
  });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/', '/submit', '/account']) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
});
