import { hindrances } from './support/axe.js';
import { choose, expect, fieldOf, open, rowOf, test } from './support/desk.js';
import { rewrite } from './support/talk.js';

test('a ticket is whole, live, and the way back keeps the view', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Whole ${word}`, description: 'First line\nSecond line' });
  await open(page, `/?search=${word}`);
  await rowOf(page, ticket).getByRole('link').click();
  await expect(page).toHaveURL(`/?search=${word}&ticket=${ticket.id}`);
  await expect(page.getByTestId('composer')).toBeVisible();
  // Only the pane scrolls, whatever is hidden in it.
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page).toHaveURL(`/tickets/${ticket.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Whole ${word}`);
  await expect(page.getByTestId('description')).toHaveText('First line\nSecond line');

  await choose(fieldOf(page.locator('main'), 'status'), 'In progress');
  const history = page.getByTestId('history').getByRole('listitem');
  await expect(history.first()).toContainText('changed the status from Open to In progress');
  await expect(history.last()).toContainText('submitted the ticket');

  await api.patch(ticket.id, { description: 'Another text', title: 'Another title' });
  await expect(page.getByTestId('description')).toHaveText('Another text');
  await expect(page).toHaveTitle(/Another title/);

  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await expect(page).toHaveURL(`/?search=${word}`);
});

test('title and description are written in place, by keyboard alone', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Befor', description: 'One' });
  await open(page, `/tickets/${ticket.id}`);
  const change = page.getByRole('button', { name: 'Change the title' });
  await change.press('Enter');
  await expect(page.getByLabel('Title', { exact: true })).toBeFocused();
  await page.keyboard.type('e');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Before');
  await expect(change).toBeFocused();
  await expect.poll(async () => (await api.get(ticket.id)).title).toBe('Before');

  await page.getByRole('button', { name: 'Change the description' }).press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Two');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('description')).toHaveText('One\nTwo');
  await expect.poll(async () => (await api.get(ticket.id)).description).toBe('One\nTwo');

  await change.click();
  await page.keyboard.type(' and given up');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Before');
  expect((await api.get(ticket.id)).version).toBe(3);
});

test('what is pressed to leave a text is where it was until it is let go', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Left alone' });
  await open(page, `/tickets/${ticket.id}`);
  const title = await rewrite(page, 'title');
  await expect(title).toBeFocused();
  const note = page.getByRole('tab', { name: 'Internal note' });
  await note.hover();
  await page.mouse.down();
  await expect(note).toBeFocused();
  // What follows from that has a turn of its own.
  await page.evaluate(() => new Promise((resume) => setTimeout(resume)));
  await expect(title).toBeVisible();
  await page.mouse.up();
  await expect(note).toHaveAttribute('aria-selected', 'true');
  await expect(title).toHaveCount(0);
});

test('a half-written description survives a reload', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Kept', description: 'One' });
  await open(page, `/tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Change the description' }).click();
  await page.keyboard.type(' and a half');
  await page.reload();
  await expect(page.getByLabel('Description', { exact: true })).toHaveValue('One and a half');
  expect((await api.get(ticket.id)).description).toBe('One');
});

test('a ticket is given to somebody, by name, and taken back', async ({ page, api, agent, admin }) => {
  const ticket = await api.create({ title: 'Whose is it' });
  await open(page, `/tickets/${ticket.id}`);
  const assignee = page.locator('main [data-field="assignee"]');
  await assignee.press('Enter');
  const options = page.getByRole('option');
  await expect(options.first()).toContainText(admin.name);
  await page.keyboard.type(agent.name.toLowerCase());
  await expect(options).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(assignee).toHaveText(new RegExp(agent.name));
  await expect(assignee).toBeFocused();
  await expect.poll(async () => (await api.get(ticket.id)).assignee?.id).toBe(agent.id);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(assignee).toHaveText('Nobody');
  await expect(page.getByTestId('history')).toContainText(`assigned it to ${agent.name}`);
});

test.describe('a claim', () => {
  test.use({ tolerated: /status of 409/ });

  test('is taken once: the slower one is told who has it', async ({ page, api, colleague, agent }) => {
    const ticket = await api.create({ title: 'Wanted' });
    await open(page, `/tickets/${ticket.id}`);
    await page.route('**/claim', async (route) => {
      await colleague.api.send('POST', `/api/tickets/${ticket.id}/claim`);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Claim' }).click();
    await expect(page.getByText(`${agent.name} was quicker: #${ticket.id} is taken`)).toBeVisible();
    await expect(page.locator('main [data-field="assignee"]')).toHaveText(new RegExp(agent.name));
    await expect(page.getByRole('button', { name: 'Claim' })).toHaveCount(0);
  });

  test('can be given back', async ({ page, api, admin }) => {
    const ticket = await api.create({ title: 'Mine for a moment' });
    await open(page, `/tickets/${ticket.id}`);
    await page.getByRole('button', { name: 'Claim' }).press('Enter');
    await expect(page.locator('main [data-field="assignee"]')).toBeFocused();
    await expect.poll(async () => (await api.get(ticket.id)).assignee?.id).toBe(admin.id);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await api.get(ticket.id)).assignee).toBeNull();
    await expect(page.getByRole('button', { name: 'Claim' })).toBeVisible();
  });
});

test('a long history is loaded page by page, by day', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Much happened' });
  for (let at = 0; at < 15; at += 1) {
    await api.patch(ticket.id, { status: 'in_progress' });
    await api.patch(ticket.id, { status: 'open' });
  }
  await open(page, `/tickets/${ticket.id}`);
  const history = page.getByTestId('history');
  await expect(history.getByRole('heading', { name: 'Today' })).toBeVisible();
  await expect(history.getByText('submitted the ticket')).toHaveCount(0);
  await history.getByRole('button', { name: 'Load older' }).click();
  await expect(history.getByText('submitted the ticket')).toBeVisible();
  await expect(history.getByRole('listitem')).toHaveCount(31);
});

test.describe('a ticket that is not there', () => {
  test.use({ tolerated: /status of 404/ });

  test('says so and leads back', async ({ page }) => {
    for (const number of ['999999', 'abc', '1.5']) {
      await page.goto(`/tickets/${number}`);
      await expect(page.getByRole('alert')).toContainText(`There is no ticket #${number}`);
    }
    await page.getByRole('link', { name: 'Go to the queue' }).click();
    await expect(page).toHaveURL('/');
  });
});

test('a ticket at work hinders nobody', async ({ page, api, colleague }) => {
  const ticket = await api.create({ title: 'Readable by all', description: 'See https://a.test/b' });
  const comments = `/api/tickets/${ticket.id}/comments`;
  await colleague.api.send('POST', comments, { body: 'A note', internal: true });
  await colleague.api.send('POST', comments, { body: 'A reply', internal: false });
  await open(colleague.page, `/tickets/${ticket.id}`);
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByTestId('faces').first()).toBeVisible();
  await page.getByRole('button', { name: 'Change the description' }).click();
  await page.keyboard.type(' mine');
  await colleague.api.patch(ticket.id, { description: 'See https://a.test/c' });
  await expect(page.getByTestId('conflict')).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
  await page.locator('main [data-field="assignee"]').click();
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await hindrances(page)).toEqual([]);
});

for (const width of [360, 768, 1440]) {
  test(`a ticket needs no sideways scrolling at ${width}`, async ({ page, api }) => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetze'.repeat(3);
    const ticket = await api.create({
      title: long,
      description: long,
      requester: { name: long, email: 'a@b.test' },
    });
    await api.send('POST', `/api/tickets/${ticket.id}/comments`, { body: long, internal: false });
    await page.setViewportSize({ width, height: 740 });
    await open(page, `/tickets/${ticket.id}`);
    await expect(page.locator('[data-message]')).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test('the keys of the queue change the ticket that has the page to itself', async ({ page, api }) => {
  const ticket = await api.create({ title: 'By keys', priority: 'low' });
  await open(page, `/tickets/${ticket.id}`);
  const priority = fieldOf(page.locator('main'), 'priority');
  await expect(priority).toBeVisible();
  await page.keyboard.press('p');
  await page.getByRole('menuitemradio', { name: 'Critical' }).press('Enter');
  await expect(priority).toHaveText('Critical');
  await expect(priority).toBeFocused();
  await expect.poll(async () => (await api.get(ticket.id)).priority).toBe('critical');
  await page.keyboard.press('z');
  await expect(priority).toHaveText('Low');
  await page.keyboard.press('c');
  await expect.poll(async () => (await api.get(ticket.id)).assignee?.id).toBe(api.person.id);
  await page.keyboard.press('n');
  await page.keyboard.type('spc');
  await expect(page.getByRole('textbox', { name: 'Internal note' })).toHaveValue('spc');
  await page.getByRole('tab', { name: 'Reply' }).click();
  await page.keyboard.type('Dear');
  await expect(page.getByRole('textbox', { name: 'Reply' })).toHaveValue('Dear');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/');
});

test('what is being written stays to be copied when the ticket is deleted', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Deleted under the pen' });
  await open(page, `/tickets/${ticket.id}`);
  await page.getByRole('button', { name: 'Change the description' }).click();
  const text = page.getByRole('textbox', { name: 'Description' });
  await text.fill('A long thought');
  await api.send('DELETE', `/api/tickets/${ticket.id}`);
  await expect(page.getByRole('alert')).toContainText('has been deleted');
  await expect(text).toHaveValue('A long thought');
  await expect(text).not.toBeEditable();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
});
