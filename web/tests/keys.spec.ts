import { expect, expectLive, fieldOf, open, rowOf, test } from './support/desk.js';

test('the keyboard goes through the list and changes what it is at', async ({ page, api, word }) => {
  const older = await api.create({ title: `Older ${word}` });
  const newer = await api.create({ title: `Newer ${word}` });
  await open(page, `/?search=${word}`);
  await expect(rowOf(page, newer)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rowOf(page, newer)).toHaveAttribute('data-current', 'true');
  await page.keyboard.press('j');
  await expect(rowOf(page, older)).toHaveAttribute('data-current', 'true');
  await page.keyboard.press('p');
  await page.getByRole('menuitemradio', { name: 'Critical' }).press('Enter');
  await expect(fieldOf(rowOf(page, older), 'priority')).toHaveAccessibleName(/Critical/);
  await expect(page.getByRole('grid', { name: 'Tickets' })).toBeFocused();
  await page.keyboard.press('z');
  await expect(fieldOf(rowOf(page, older), 'priority')).toHaveAccessibleName(/Low/);
  await page.keyboard.press('c');
  await expect.poll(async () => (await api.get(older.id)).assignee?.id).toBe(api.person.id);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`ticket=${newer.id}$`));
  await expect(page.getByRole('heading', { name: `Newer ${word}`, level: 2 })).toBeVisible();
  await expect(page.locator('h1')).toHaveCount(1);
  await page.keyboard.press('n');
  await page.keyboard.type('jjx');
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toHaveValue('jjx');
  await expect(rowOf(page, newer)).toHaveAttribute('data-current', 'true');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/ticket=/);
});

test('the palette finds a ticket by its number, and the sheet tells the keys', async ({
  page,
  api,
  word,
}) => {
  const ticket = await api.create({ title: `Found ${word}` });
  await open(page, '/');
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').fill(`#${ticket.id}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `Found ${word}` })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Tickets' })).toBeFocused();
});

test('what is typed while the palette is on its way does nothing to a ticket', async ({
  page,
  api,
  word,
}) => {
  const ticket = await api.create({ title: `Untouched ${word}` });
  // Nothing comes before it is asked for.
  await page.addInitScript(() => (window.requestIdleCallback = () => 0));
  await page.goto(`/?search=${word}`);
  await expect(rowOf(page, ticket)).toBeVisible();
  const { promise: come, resolve: go } = Promise.withResolvers<void>();
  await page.route('**/_app/immutable/**', async (route) => {
    await come;
    await route.continue();
  });
  await page.keyboard.press('j');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('c');
  await expect(page.getByTestId('part-awaited')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('part-awaited')).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(rowOf(page, ticket)).toHaveAttribute('aria-selected', 'true');
  go();
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').press('Escape');
  await expect(page.getByTestId('palette')).toHaveCount(0);
  await page.keyboard.press('x');

  // Of the pane nothing is here yet: what follows `n` waits for the note.
  const pane = Promise.withResolvers<void>();
  await page.route('**/_app/immutable/**', async (route) => {
    await pane.promise;
    await route.continue();
  });
  await page.keyboard.press('n');
  await page.keyboard.type('cannott');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(' spare');
  pane.resolve();
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await expect(note).toBeFocused();
  await page.keyboard.type('!');
  await expect(note).toHaveValue('cannot spare!');
  expect(await api.get(ticket.id)).toMatchObject({ assignee: null, version: 1 });
});

test('keys are about the ticket that is open, also where the list does not have it', async ({
  page,
  api,
  word,
}) => {
  const [neighbour, leaving, elsewhere] = [
    await api.create({ title: `Neighbour ${word}` }),
    await api.create({ title: `Leaving ${word}` }),
    await api.create({ title: `Elsewhere ${word}` }),
  ];
  await api.patch(elsewhere.id, { status: 'closed' });
  await open(page, `/?status=open&search=${word}`);
  await expect(rowOf(page, leaving)).toBeVisible();
  await page.keyboard.press('j');
  await expect(rowOf(page, leaving)).toHaveAttribute('data-current', 'true');
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').fill(`#${elsewhere.id}`);
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'The ticket' });
  await expect(pane.getByRole('heading', { name: `Elsewhere ${word}` })).toBeVisible();
  await expect(page.locator('[data-current]')).toHaveCount(0);
  await page.keyboard.press('c');
  await expect.poll(async () => (await api.get(elsewhere.id)).assignee?.id).toBe(api.person.id);

  await page.keyboard.press('j');
  await expect(pane.getByRole('heading', { name: `Leaving ${word}` })).toBeVisible();
  await api.patch(leaving.id, { status: 'closed' });
  await expect(rowOf(page, leaving)).toContainText('No longer in this list');
  await page.keyboard.press('r');
  await expect(rowOf(page, leaving)).toHaveCount(0);
  await page.keyboard.press('p');
  await page.getByRole('menuitemradio', { name: 'Critical' }).press('Enter');
  await expect.poll(async () => (await api.get(leaving.id)).priority).toBe('critical');
  // Into it by Enter, to scroll; the row that came into its place is the next one.
  await page.keyboard.press('Enter');
  await expect(pane.locator('[data-ticket-text]')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(rowOf(page, neighbour)).toHaveAttribute('data-current', 'true');
  await expect(pane.getByRole('heading', { name: `Neighbour ${word}` })).toBeVisible();
  expect(await api.get(neighbour.id)).toMatchObject({ assignee: null, version: 1 });
});

test.describe('a part of the app that does not come', () => {
  test.use({ tolerated: /ERR_|Failed to (load|fetch)/ });

  test('is told of, and tried again when asked', async ({ page }) => {
    await page.addInitScript(() => (window.requestIdleCallback = () => 0));
    await page.goto('/');
    await expectLive(page);
    await page.route('**/_app/immutable/**', (route) => route.abort());
    await page.keyboard.press('?');
    const missing = page.getByTestId('part-missing');
    await expect(missing).toContainText('could not be loaded');
    await page.keyboard.press('Escape');
    await expect(missing).toHaveCount(0);
    await page.keyboard.press('?');
    await expect(missing).toBeVisible();
    await page.unroute('**/_app/immutable/**');
    await missing.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expect(missing).toHaveCount(0);
  });
});

test('palette and sheet are on every page, with what can be done there', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Reached ${word}`, priority: 'low' });
  const palette = page.getByTestId('palette');
  const command = async (typed: string) => {
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(typed);
    await page.keyboard.press('Enter');
    await expect(palette).toHaveCount(0);
  };
  await open(page, '/stats');
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('option', { name: 'View: All open' })).toBeVisible();
  await expect(palette.getByRole('option', { name: 'Claim' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await command(`#${ticket.id}`);
  await expect(page).toHaveURL(`/tickets/${ticket.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Reached ${word}`);
  await command('set priority to critical');
  await expect(fieldOf(page.locator('main'), 'priority')).toHaveText('Critical');
  await command('claim');
  await expect
    .poll(() => api.get(ticket.id))
    .toMatchObject({ priority: 'critical', assignee: { id: api.person.id } });

  await command('administration: audit');
  await expect(page).toHaveURL('/admin/audit');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Commands');
  await expect(sheet).not.toContainText('Next ticket');
  await page.keyboard.press('Escape');
  await page.getByTestId('account-menu').click();
  await page.getByRole('menuitem', { name: 'Commands' }).click();
  await expect(palette.getByRole('combobox')).toBeFocused();
});

test('the palette opens again while it is still closing, and does what was chosen before', async ({
  page,
}) => {
  const input = page.getByTestId('palette').getByRole('combobox');
  /** Presses a key and Ctrl+K in one frame. */
  const pressBoth = (key: string) =>
    page.evaluate(async (first) => {
      const press = (init: KeyboardEventInit) =>
        document.activeElement!.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }),
        );
      press({ key: first });
      await Promise.resolve();
      press({ key: 'k', ctrlKey: true });
    }, key);
  await open(page, '/stats');
  await page.keyboard.press('Control+k');
  await input.fill('administration: audit');
  await pressBoth('Escape');
  await expect(input).toHaveValue('');
  await expect(input).toBeFocused();
  await input.fill('administration: audit');
  await pressBoth('Enter');
  await expect(page).toHaveURL('/admin/audit');
  await expect(input).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(input).toHaveCount(0);
});

test('a ticket’s own page leads along the list that one came from, and Back closes the palette', async ({
  page,
  api,
  word,
}) => {
  const older = await api.create({ title: `Older ${word}` });
  const newer = await api.create({ title: `Newer ${word}` });
  const title = page.getByRole('heading', { level: 1 });
  await open(page, `/?search=${word}`);
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette').getByRole('combobox').fill(`#${newer.id}`);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page).toHaveURL(`/tickets/${newer.id}`);
  await expect(title).toHaveText(`Newer ${word}`);
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await expect(title).toHaveText(`Older ${word}`);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(title).toHaveText(`Newer ${word}`);
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toBeVisible();
  await page.goBack();
  await expect(rowOf(page, older)).toBeVisible();
  await expect(page.getByTestId('palette')).toHaveCount(0);
});

test('on a narrow screen a note is written on the ticket’s own page', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Narrow ${word}` });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `/?search=${word}`);
  await expect(rowOf(page, ticket)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('n');
  await page.keyboard.type('jcc');
  await expect(page).toHaveURL(`/tickets/${ticket.id}#note`);
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toHaveValue('jcc');
});
