import {
  choose,
  counted,
  expect,
  expectLive,
  fieldOf,
  numberIn,
  open,
  pill,
  rowOf,
  test,
} from './support/desk.js';

// A cut network is what the browser complains of here.
test.use({ tolerated: /ERR_|WebSocket connection/ });

test('offline says so and keeps working; back online nothing is lost', async ({
  page,
  context,
  wire,
  api,
}) => {
  const mine = await api.create({ title: 'Changed by me while offline' });
  const theirs = await api.create({ title: 'Changed by others meanwhile' });
  await open(page, '/');
  const total = page.getByRole('region', { name: 'Figures of the desk' }).locator('dd').first();
  const before = await numberIn(total);

  wire.cut();
  await context.setOffline(true);
  await expect(pill(page)).toHaveAttribute('data-look', 'offline');
  await expect(page.getByText(/^as of /)).toBeVisible();

  await choose(fieldOf(rowOf(page, mine), 'status'), 'Resolved');
  await expect(fieldOf(rowOf(page, mine), 'status')).toHaveText('Resolved');
  await expect(pill(page)).toContainText('1 change waiting');
  await api.patch(theirs.id, { priority: 'critical' });
  const missed = await api.create({ title: 'Born while offline' });
  expect((await api.get(mine.id)).status).toBe('open');

  wire.mend();
  await context.setOffline(false);
  await expectLive(page);
  await expect(fieldOf(rowOf(page, theirs), 'priority')).toHaveAccessibleName(/Critical/);
  await expect.poll(async () => (await api.get(mine.id)).status).toBe('resolved');
  await expect(pill(page)).not.toContainText('waiting');
  await page.getByRole('button', { name: /^1 new/ }).click();
  await expect(rowOf(page, missed)).toBeVisible();
  await expect(total).toHaveText(counted(before + 1));
  await expect(page.getByText(/^as of /)).toHaveCount(0);
});

test('a lost connection is made again without a reload', async ({ page, wire, api }) => {
  const ticket = await api.create({ title: 'Across the gap' });
  await open(page, '/');
  wire.cut();
  await expect(pill(page)).toHaveAttribute('data-look', 'reconnecting');
  await api.patch(ticket.id, { status: 'closed' });
  wire.mend();
  await expectLive(page);
  await expect(fieldOf(rowOf(page, ticket), 'status')).toHaveText('Closed');
});

test('figures that nobody confirms are called old, though the connection looks open', async ({
  page,
  wire,
}) => {
  await page.clock.install();
  await open(page, '/');
  wire.freeze();
  await page.clock.fastForward('00:12');
  await expect(pill(page)).toContainText(/Data \d+ s old/);
  await expect(page.getByText(/^as of /)).toBeVisible();
  wire.thaw();
  await expectLive(page);
  await expect(page.getByText(/^as of /)).toHaveCount(0);
});

test('a desk that cannot be reached says so, and comes up by itself', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Seen in the end' });
  await page.route('**/api/tickets?*', (route) => route.abort());
  await page.goto('/');
  const failure = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(failure.getByRole('button', { name: 'Retry' })).toBeVisible();
  await expect(page.getByTestId('list-bar')).toContainText('Not loaded');
  await expect(pill(page)).toHaveAttribute('data-look', 'connected');
  await page.unroute('**/api/tickets?*');
  await expect(rowOf(page, ticket)).toBeVisible();
});

test('what the first sight does not need is at hand offline all the same', async ({
  page,
  context,
  wire,
  api,
}) => {
  const ticket = await api.create({ title: 'Looked at in a tunnel' });
  await open(page, '/');
  await expect(rowOf(page, ticket)).toBeVisible();
  wire.cut();
  await context.setOffline(true);
  for (const keys of ['?', 'Control+k']) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const name of ['Theme', /^Order/, 'Status', 'Assignee', /^Account of/]) {
    await page.getByRole('button', { name, exact: typeof name === 'string' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.getByRole('grid').press('j');
  await page.keyboard.press('a');
  await expect(page.getByPlaceholder('Search people')).toBeVisible();
});
