import type { Page } from '@playwright/test';

import { choose, counted, expect, fieldOf, numberIn, open, openBeside, rowOf, test } from './support/desk.js';

test('two people see a change at once', async ({ page, colleague, api }) => {
  const ticket = await api.create({ title: 'The same for both' });
  const other = colleague.page;
  await Promise.all([open(page, '/'), open(other, '/')]);

  await fieldOf(rowOf(page, ticket), 'status').click();
  await page.getByRole('menuitemradio', { name: 'In progress' }).click();
  await expect(fieldOf(rowOf(page, ticket), 'status')).toHaveText('In progress');
  await expect(fieldOf(rowOf(other, ticket), 'status')).toHaveText('In progress');

  await api.patch(ticket.id, { priority: 'critical', title: 'Another title' });
  for (const screen of [page, other]) {
    await expect(rowOf(screen, ticket).getByRole('link', { name: 'Another title' })).toBeVisible();
    await expect(fieldOf(rowOf(screen, ticket), 'priority')).toHaveAccessibleName(/Critical/);
  }
});

test('new tickets gather and move nothing until asked', async ({ page, api }) => {
  const before = await api.create({ title: 'Under the pointer' });
  await open(page, '/');
  const row = rowOf(page, before);
  await row.hover();
  const place = await row.boundingBox();

  const first = await api.create({ title: 'First arrival' });
  const second = await api.create({ title: 'Second arrival' });
  const show = page.getByRole('button', { name: /^2 new/ });
  await expect(show).toBeVisible();
  expect(await row.boundingBox()).toEqual(place);
  await expect(rowOf(page, first)).toHaveCount(0);

  await show.click();
  const ids = page.getByTestId('rows').locator('[data-ticket]');
  await expect(ids.nth(0)).toHaveAttribute('data-ticket', String(second.id));
  await expect(ids.nth(1)).toHaveAttribute('data-ticket', String(first.id));
  await expect(show).toHaveCount(0);
});

test('filters live in the address; tickets enter and leave them live', async ({ page, api, word }) => {
  const open1 = await api.create({ title: `Stays ${word}`, priority: 'high', category: 'billing' });
  const leaving = await api.create({ title: `Leaves ${word}`, priority: 'high', category: 'billing' });
  const entering = await api.create({ title: `Enters ${word}`, priority: 'low', category: 'billing' });
  await open(page, '/');

  await page.getByRole('button', { name: 'Priority', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'High' }).click();
  await page.keyboard.press('Escape');
  const answered = page.waitForResponse(/api\/tickets\?.*category=billing/);
  await page.getByRole('button', { name: 'Category', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Billing' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/?priority=high&category=billing');
  // Until then the rows are those of the filter before.
  await answered;
  await expect(page.getByRole('grid', { name: 'Tickets' })).toHaveAttribute('aria-busy', 'false');
  await expect(rowOf(page, open1)).toBeVisible();
  await expect(rowOf(page, entering)).toHaveCount(0);

  await api.patch(leaving.id, { priority: 'low' });
  await expect(rowOf(page, leaving)).toContainText('No longer in this list');
  await api.patch(entering.id, { priority: 'high' });
  await page.getByRole('button', { name: /^1 new, 1 no longer here/ }).click();
  await expect(rowOf(page, leaving)).toHaveCount(0);
  await expect(rowOf(page, entering)).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: 'Priority High' })).toBeVisible();
  await expect(rowOf(page, entering)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/?priority=high');
});

test('a search finds words in title and text, and what matches later', async ({ page, api, word }) => {
  const inTitle = await api.create({ title: `Contains ${word.toUpperCase()} here` });
  const inText = await api.create({ title: 'Somewhere inside', description: `… x${word}y …` });
  await open(page, '/');
  // The space is the beginning of another word.
  await page.getByRole('searchbox').fill(`${word} `);
  await expect(page).toHaveURL(`/?search=${word}`);
  await expect(page.getByText('2 tickets', { exact: true })).toBeVisible();
  await expect(rowOf(page, inTitle)).toBeVisible();
  await expect(rowOf(page, inText)).toBeVisible();

  await expect(page.getByRole('searchbox')).toHaveValue(`${word} `);
  await page.getByRole('searchbox').press('ArrowDown');
  await expect(page.getByRole('grid', { name: 'Tickets' })).toBeFocused();
  await expect(page).toHaveURL(`/?search=${word}`);

  const later = await api.create({ title: 'Later', description: `now ${word} too` });
  await page.getByRole('button', { name: /^1 new/ }).click();
  await expect(rowOf(page, later)).toBeVisible();

  await page.getByRole('searchbox').fill(`${word}-not-there`);
  await expect(page.getByText('No tickets match')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(page).toHaveURL('/');
  await expect(rowOf(page, later)).toBeVisible();
});

test('a newer search calls the older one off', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Only ${word}` });
  await open(page, '/');
  const slow = `**/api/tickets?*search=${word}slow*`;
  await page.route(slow, () => new Promise(() => undefined));
  const asked = page.waitForRequest(slow);
  await page.getByRole('searchbox').fill(`${word}slow`);
  const calledOff = page.waitForEvent('requestfailed', (request) => request.url().includes(`${word}slow`));
  await asked;
  await page.getByRole('searchbox').fill(word);
  await calledOff;
  await expect(rowOf(page, ticket)).toBeVisible();
  await expect(page.getByText('1 ticket', { exact: true })).toBeVisible();
});

test('a long list is read where it is looked at, and only that is in the document', async ({
  page,
  api,
  word,
}) => {
  for (let made = 0; made < 130; made += 1) await api.create({ title: `Long ${word} ${made}` });
  await open(page, `/?search=${word}`);
  await expect(page.getByText('130 tickets')).toBeVisible();
  const rows = page.getByTestId('rows').locator('[data-ticket]');
  await expect(rows.first()).toContainText(`Long ${word} 129`);
  expect(await rows.count()).toBeLessThan(45);
  await page.getByRole('grid', { name: 'Tickets' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('link', { name: `Long ${word} 0`, exact: true })).toBeVisible();
  expect(await rows.count()).toBeLessThan(45);
  await page.keyboard.press('Home');
  await expect(page.getByRole('link', { name: `Long ${word} 129` })).toBeVisible();

  // Rows grow where the list gets narrow: the one under the pointer stays there, and is found again.
  await page.getByRole('grid', { name: 'Tickets' }).evaluate((grid) => grid.scrollTo(0, 1_400));
  const row = rows.filter({ has: page.getByRole('link', { name: `Long ${word} 89`, exact: true }) });
  const place = await row.boundingBox();
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { name: `Long ${word} 89` })).toBeVisible();
  await expect.poll(async () => (await row.boundingBox())?.height).toBeGreaterThan(place!.height);
  await expect.poll(async () => Math.abs((await row.boundingBox())!.y - place!.y)).toBeLessThan(40);
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await expect(row).toBeInViewport();

  // In another view nothing below its first rows has the keyboard.
  await row.getByRole('checkbox').click();
  await expect(page.getByTestId('bulk')).toContainText('1 selected');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'All open' }).click();
  await expect(page.getByTestId('bulk')).toHaveCount(0);
  await expect(page.locator('[data-current]')).toHaveCount(0);
});

test('what would stand in another order now is told, and sorted when asked', async ({ page, api, word }) => {
  const older = await api.create({ title: `Older ${word}` });
  const newer = await api.create({ title: `Newer ${word}` });
  await open(page, `/?search=${word}&ordering=-priority`);
  const ids = page.getByTestId('rows').locator('[data-ticket]');
  await expect(ids.first()).toHaveAttribute('data-ticket', String(newer.id));
  await api.patch(older.id, { priority: 'critical' });
  const changed = page.getByRole('button', { name: 'List changed' });
  await expect(changed).toBeVisible();
  await expect(ids.first()).toHaveAttribute('data-ticket', String(newer.id));
  await changed.click();
  await expect(ids.first()).toHaveAttribute('data-ticket', String(older.id));
  await expect(changed).toHaveCount(0);
});

test('a view is saved with its filters, counted live, renamed and deleted', async ({ page, api, word }) => {
  await open(page, `/?search=${word}&assignee=none`);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`View ${word}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('link', { name: `View ${word}` })).toHaveAttribute('aria-current', 'page');
  await page.goto('/');
  await views.getByRole('link', { name: `View ${word}` }).click();
  await expect(page).toHaveURL(`/?search=${word}&assignee=none`);
  const billing = views.locator('[data-count="?status=open&category=billing"]');
  await expect(billing).not.toHaveText('');
  const before = await numberIn(billing);
  await api.create({ title: `Counted ${word}`, category: 'billing' });
  await expect(billing).toHaveText(counted(before + 1));
  await page.getByRole('button', { name: `More about View ${word}` }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`Other ${word}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(views.getByRole('link', { name: `Other ${word}` })).toBeVisible();
  await page.getByRole('button', { name: `More about Other ${word}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(views.getByRole('link', { name: `Other ${word}` })).toHaveCount(0);
});

test('on a phone the views close before one is named', async ({ page, word }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/?search=${word}&assignee=none`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('dialog', { name: 'Save this view' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(1);
});

test('a shared view is there for everybody, and goes when it is kept again', async ({
  page,
  colleague,
  api,
  word,
}) => {
  const ticket = await api.create({ title: `Seen by both ${word}` });
  await open(page, `/?search=${word}`);
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`Ours ${word}`);
  await page.getByRole('checkbox', { name: 'Share it with everybody at the desk' }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const viewsOf = (screen: Page) => screen.getByRole('navigation', { name: 'Views' });
  await expect(viewsOf(page).getByRole('link', { name: `Ours ${word}` })).toBeVisible();

  const theirs = colleague.page;
  await open(theirs, '/');
  await viewsOf(theirs)
    .getByRole('link', { name: `Ours ${word}` })
    .click();
  await expect(theirs).toHaveURL(`/?search=${word}`);
  await expect(rowOf(theirs, ticket)).toBeVisible();
  await expect(theirs.getByRole('button', { name: `More about Ours ${word}` })).toHaveCount(0);

  await page.getByRole('button', { name: `More about Ours ${word}` }).click();
  await page.getByRole('menuitem', { name: 'Keep to myself' }).click();
  await expect(viewsOf(page).getByTitle('Shared')).toHaveCount(0);
  await open(theirs, '/');
  await expect(viewsOf(theirs).getByRole('link', { name: 'All open' })).toBeVisible();
  await expect(viewsOf(theirs).getByRole('link', { name: `Ours ${word}` })).toHaveCount(0);
});

test('under an open ticket the list stays put, whatever the others do', async ({
  page,
  colleague,
  api,
  word,
}) => {
  const older = await api.create({ title: `Older ${word}` });
  const mine = await api.create({ title: `Mine ${word}` });
  const newer = await api.create({ title: `Newer ${word}` });
  await open(page, `/?search=${word}&status=open`);
  const pane = await openBeside(page, mine);
  await expect(pane.getByRole('heading', { name: `Mine ${word}` })).toBeVisible();
  const placesOf = () =>
    Promise.all([newer, mine, older].map(async (one) => (await rowOf(page, one).boundingBox())?.y));
  const places = await placesOf();

  const theirs = colleague.page;
  await open(theirs, `/?search=${word}&status=open`);
  for (const one of [newer, mine]) await choose(fieldOf(rowOf(theirs, one), 'status'), 'Closed');
  await colleague.api.create({ title: `Newest ${word}` });
  await colleague.api.patch(older.id, { title: `Oldest ${word}` });

  await expect(page.getByRole('button', { name: '1 new, 2 no longer here' })).toBeVisible();
  for (const one of [newer, mine]) await expect(rowOf(page, one)).toContainText('No longer in this list');
  await expect(rowOf(page, older)).toContainText(`Oldest ${word}`);
  expect(await placesOf()).toEqual(places);
  await expect(fieldOf(pane, 'status')).toHaveText('Closed');
  await expect(rowOf(page, mine)).toHaveAttribute('data-current', 'true');
});

test('the figures follow every change', async ({ page, api }) => {
  await open(page, '/');
  const figure = (name: string) =>
    page
      .getByRole('region', { name: 'Figures of the desk' })
      .locator('dl > div', { has: page.getByText(name, { exact: true }) })
      .locator('dd');
  await expect(figure('Total')).not.toHaveText('–');
  const [total, created, resolved] = await Promise.all(
    ['Total', 'New today', 'Resolved today'].map((name) => numberIn(figure(name))),
  );
  const ticket = await api.create({ title: 'Counted' });
  await api.patch(ticket.id, { status: 'resolved' });
  await expect(figure('Total')).toHaveText(counted(total! + 1));
  await expect(figure('New today')).toHaveText(counted(created! + 1));
  await expect(figure('Resolved today')).toHaveText(counted(resolved! + 1));
});

test('a link to a page of old opens the queue', async ({ page }) => {
  await open(page, '/?cursor=damaged');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});
