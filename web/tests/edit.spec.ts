import { choose, expect, fieldOf, open, rowOf, test } from './support/desk.js';

test('a change is shown before it is answered, and can be undone', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Changed and back', priority: 'low' });
  await open(page, '/');
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route(`**/api/tickets/${ticket.id}`, async (route) => {
    await held;
    await route.continue();
  });
  const priority = fieldOf(rowOf(page, ticket), 'priority');
  await choose(priority, 'High');
  await expect(priority).toHaveAccessibleName(/High/);
  await expect(priority).toHaveAttribute('title', 'Saving');
  expect((await api.get(ticket.id)).priority).toBe('low');

  release();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(priority).toHaveAccessibleName(/Low/);
  await expect.poll(async () => (await api.get(ticket.id)).priority).toBe('low');
  expect((await api.get(ticket.id)).version).toBe(3);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`what is said of a change lies on nothing that is pressed next, ${width} px wide`, async ({
    page,
    api,
  }) => {
    const ticket = await api.create({ title: 'Claimed, then answered' });
    await page.setViewportSize({ width, height });
    await open(page, width > 800 ? `/?ticket=${ticket.id}` : `/tickets/${ticket.id}`);
    const composer = page.getByTestId('composer');
    await composer.getByRole('textbox').fill('On it.');
    await page.getByRole('button', { name: 'Claim' }).click();
    const said = page
      .locator('[data-sonner-toast][data-mounted=true]')
      .filter({ hasText: `#${ticket.id} is yours` });
    const end = await said.evaluate(async (toast) => {
      await Promise.allSettled(toast.getAnimations().map(({ finished }) => finished));
      return toast.getBoundingClientRect().bottom;
    });
    const send = composer.getByRole('button', { name: 'Send reply' });
    expect((await send.boundingBox())!.y).toBeGreaterThanOrEqual(end);
    await send.click();
    await expect(page.getByTestId('messages')).toContainText('On it.');
    expect((await api.get(ticket.id)).assignee).not.toBeNull();
  });
}

test('the keyboard alone is enough, and the focus comes back', async ({ page, api }) => {
  const ticket = await api.create({ title: 'By keyboard' });
  await open(page, '/');
  const status = fieldOf(rowOf(page, ticket), 'status');
  await expect(status).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await expect(page.getByRole('menuitemradio', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(status).toHaveText('In progress');
  // The list has it, and says which row it is at: rows come and go.
  const list = page.getByRole('grid', { name: 'Tickets' });
  await expect(list).toBeFocused();
  await expect(list).toHaveAttribute('aria-activedescendant', `ticket-${ticket.id}`);
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(list).toBeFocused();
});

test('a press on the open menu’s button closes it, one on another opens that', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Many menus' });
  await open(page, '/');
  const [status, category] = [
    fieldOf(rowOf(page, ticket), 'status'),
    fieldOf(rowOf(page, ticket), 'category'),
  ];
  await status.click();
  await expect(page.getByRole('menu', { name: 'status' })).toBeVisible();
  await status.click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await status.click();
  await category.click();
  await expect(page.getByRole('menu', { name: 'category' })).toBeVisible();
  await expect(page.getByRole('menu')).toHaveCount(1);
});

test('the menu follows somebody else’s change, and a choice is made over that one', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Two at once' });
  await open(page, '/');
  const status = fieldOf(rowOf(page, ticket), 'status');
  await status.click();
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(page.getByRole('menuitemradio', { name: 'Resolved' })).toBeChecked();
  await page.getByRole('menuitemradio', { name: 'Closed' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(status).toHaveText('Resolved');
});

test.describe('a refused change', () => {
  test.use({ tolerated: /status of (500|409|410)/ });

  test('is taken back and says so', async ({ page, api }) => {
    const ticket = await api.create({ title: 'Refused' });
    await open(page, '/');
    const status = fieldOf(rowOf(page, ticket), 'status');
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route(`**/api/tickets/${ticket.id}`, async (route) => {
      await held;
      const detail = 'Something broke.';
      const problem = { type: 'about:blank', title: 'Broken', status: 500, detail, code: 'internal' };
      await route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem });
    });
    await choose(status, 'Resolved');
    await expect(status).toHaveText('Resolved');
    release();
    await expect(status).toHaveText('Open');
    await expect(page.getByText(`The status of #${ticket.id} was not changed`)).toBeVisible();
    await expect(page.getByText('Something broke.')).toBeVisible();

    await page.unroute(`**/api/tickets/${ticket.id}`);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(status).toHaveText('Resolved');
    await expect.poll(async () => (await api.get(ticket.id)).status).toBe('resolved');
  });

  for (const [answer, outcome] of [
    ['Keep mine', 'closed'],
    ['Take theirs', 'resolved'],
  ] as const) {
    test(`is a conflict when somebody was quicker: ${answer}`, async ({ page, api }) => {
      const ticket = await api.create({ title: 'Wanted by two' });
      await open(page, '/');
      const status = fieldOf(rowOf(page, ticket), 'status');
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      const asked = page.waitForRequest((request) => request.method() === 'PATCH');
      await page.route(
        `**/api/tickets/${ticket.id}`,
        async (route) => {
          await held;
          await route.continue();
        },
        { times: 1 },
      );
      await choose(status, 'Closed');
      await asked;
      await api.patch(ticket.id, { status: 'resolved' });
      release();

      await expect(page.getByText(`#${ticket.id} was changed by somebody else, too`)).toBeVisible();
      await expect(page.getByText('set the status to Resolved. You chose Closed.')).toBeVisible();
      await expect(status).toHaveText('Resolved');
      await page.getByRole('button', { name: answer }).click();
      await expect.poll(async () => (await api.get(ticket.id)).status).toBe(outcome);
      await expect(status).toHaveText(outcome === 'closed' ? 'Closed' : 'Resolved');
    });
  }
});

test.describe('a change that the network swallows', () => {
  test.use({ tolerated: /ERR_FAILED/ });

  test('waits and is sent once', async ({ page, api }) => {
    const ticket = await api.create({ title: 'Swallowed' });
    await open(page, '/');
    await page.route(`**/api/tickets/${ticket.id}`, (route) => route.abort());
    const status = fieldOf(rowOf(page, ticket), 'status');
    await choose(status, 'Closed');
    await expect(page.getByText('1 change waiting')).toBeVisible();
    await expect(status).toHaveText('Closed');
    await page.unroute(`**/api/tickets/${ticket.id}`);
    await expect(page.getByText('1 change waiting')).toHaveCount(0);
    await expect(status).toHaveText('Closed');
    expect(await api.get(ticket.id)).toMatchObject({ status: 'closed', version: 2 });
  });
});
