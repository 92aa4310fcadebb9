import { choose, expect, expectLive, fieldOf, open, pill, test } from './support/desk.js';
import { commentsOf, historyOf, rewrite, writer } from './support/talk.js';

test.use({ tolerated: /ERR_|WebSocket|Failed to (load|fetch)/ });

test('five changes and a note made offline are all carried out once', async ({ page, api, admin, wire }) => {
  const ticket = await api.create({ title: 'Offline', priority: 'low' });
  const other = await api.create({ title: 'Other' });
  await open(page, `/tickets/${other.id}`);
  await open(page, `/tickets/${ticket.id}`);
  const main = page.locator('main');
  await main.locator('[data-field="assignee"]').click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  wire.cut();
  await expect(pill(page)).not.toHaveAttribute('data-look', 'live');

  await choose(fieldOf(main, 'status'), 'Closed');
  await expect(page.getByText('1 change waiting')).toBeVisible();
  await page.keyboard.press('z');
  await expect(fieldOf(main, 'status')).toHaveText('Open');
  await choose(fieldOf(main, 'status'), 'In progress');
  await choose(fieldOf(main, 'priority'), 'Critical');
  await choose(fieldOf(main, 'category'), 'Technical');
  await main.locator('[data-field="assignee"]').click();
  await page.getByRole('option', { name: admin.name }).click();
  await (await rewrite(page, 'title')).fill('Made offline');
  await page.keyboard.press('Enter');
  const note = await writer(page, 'Internal note');
  await note.fill('Written offline');
  await note.press('Control+Enter');
  await expect(page.getByText('6 changes waiting')).toBeVisible();
  await expect(page.locator('[data-pending]')).toContainText('Waits for the connection');

  await page.getByRole('button', { name: '6 changes waiting: show' }).click();
  const list = page.getByTestId('unsent');
  for (const line of [
    'status: In progress',
    'priority: Critical',
    'title: “Made offline”',
    'internal note:',
  ]) {
    await expect(list.getByText(line)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  expect(await api.get(ticket.id)).toMatchObject({ version: 1 });

  wire.mend();
  await expectLive(page);
  await expect(page.getByText('changes waiting')).toHaveCount(0);
  await expect
    .poll(() => api.get(ticket.id))
    .toMatchObject({
      status: 'in_progress',
      priority: 'critical',
      category: 'technical',
      title: 'Made offline',
      assignee: { id: admin.id },
      version: 6,
    });
  await expect
    .poll(() => commentsOf(api, ticket))
    .toMatchObject([{ body: 'Written offline', internal: true }]);
  expect((await historyOf(api, ticket)).length).toBe(7);
});

test('what was made before a reload is carried out after it, without a warning', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Reloaded' });
  await open(page, `/tickets/${ticket.id}`);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type());
    void dialog.accept();
  });
  await page.route(/\/api\/tickets\/\d+$/, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  await choose(fieldOf(page.locator('main'), 'status'), 'Resolved');
  await expect(page.getByText('1 change waiting')).toBeVisible();
  await page.reload();
  await expect(fieldOf(page.locator('main'), 'status')).toHaveText('Resolved');
  await page.unroute(/\/api\/tickets\/\d+$/);
  await expect.poll(() => api.get(ticket.id)).toMatchObject({ status: 'resolved', version: 2 });
  expect(dialogs).toEqual([]);
});

test('a phone has room for what waits', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Narrow' });
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `/tickets/${ticket.id}`);
  await page.route(/\/api\/tickets\/\d+$/, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  await choose(fieldOf(page.locator('main'), 'status'), 'Closed');
  await expect(page.getByText('1 waiting')).toBeVisible();
  await expect(page.getByTestId('account-menu')).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('signing out asks while something waits, from the palette as from the menu', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Not left behind' });
  await open(page, `/tickets/${ticket.id}`);
  await page.route(/\/api\/tickets\/\d+$/, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  await choose(fieldOf(page.locator('main'), 'status'), 'Closed');
  await expect(page.getByText('1 change waiting')).toBeVisible();
  const question = page.getByRole('alertdialog', { name: 'Sign out now?' });

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Sign out');
  await page.keyboard.press('Enter');
  await expect(question).toContainText('One change has not reached the server yet.');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toHaveCount(0);

  const menu = page.getByTestId('account-menu');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(menu).toBeFocused();
  await page.unroute(/\/api\/tickets\/\d+$/);
  await expect.poll(() => api.get(ticket.id)).toMatchObject({ status: 'closed' });
});

test('what waits can be discarded, and is not sent then', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Discarded' });
  await open(page, `/tickets/${ticket.id}`);
  await page.route(/\/api\/tickets\/\d+$/, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.fallback(),
  );
  const main = page.locator('main');
  await choose(fieldOf(main, 'status'), 'Closed');
  await choose(fieldOf(main, 'priority'), 'High');
  await page.getByRole('button', { name: '2 changes waiting: show' }).click();
  await page.getByRole('button', { name: `Discard: #${ticket.id}, status: Closed` }).click();
  await expect(fieldOf(main, 'status')).toHaveText('Open');
  await page.unroute(/\/api\/tickets\/\d+$/);
  await expect.poll(() => api.get(ticket.id)).toMatchObject({ status: 'open', priority: 'high', version: 2 });
  await page.reload();
  await expect(fieldOf(main, 'priority')).toHaveText('High');
  await expect(fieldOf(main, 'status')).toHaveText('Open');
});

test('a claim made offline is shown at once, kept, and carried out', async ({ page, api, admin, wire }) => {
  const ticket = await api.create({ title: 'Claimed offline' });
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByRole('button', { name: 'Claim' })).toBeVisible();
  wire.cut();
  await page.getByRole('button', { name: 'Claim' }).click();
  await expect(page.locator('main [data-field="assignee"]')).toHaveText(new RegExp(admin.name));
  await page.getByRole('button', { name: '1 change waiting: show' }).click();
  await expect(page.getByTestId('unsent')).toContainText('claim');
  wire.mend();
  await expect.poll(async () => (await api.get(ticket.id)).assignee?.id).toBe(admin.id);
});
