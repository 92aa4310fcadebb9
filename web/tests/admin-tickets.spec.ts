import type { Page } from '@playwright/test';

import type { Ticket } from '#contract/ticket';

import { choose, expect, fieldOf, open, rowOf, test } from './support/desk.js';
import { hire, type SignedIn } from './support/people.js';

let other: SignedIn;
test.beforeAll(async ({ desk, admin }) => {
  const email = `third.${Date.now().toString(36)}@desk.test`;
  other = await hire(desk, admin, { name: 'Third Admin', email, role: 'admin' });
});

const titleOf = (page: Page, ticket: { id: number }) => rowOf(page, ticket).locator('[data-text="title"]');
const changeTitle = (page: Page, ticket: { id: number }) =>
  page.getByRole('button', { name: `Change the title of #${ticket.id}`, exact: true });

test('every field is changed in place, and everybody sees it', async ({ page, contextOf, api, word }) => {
  const ticket = await api.create({ title: `First ${word}` });
  const others = await (await contextOf(other)).newPage();
  await open(others, `/admin/tickets?search=${word}`);
  await open(page, `/admin/tickets?search=${word}`);

  await changeTitle(page, ticket).click();
  const entry = page.getByRole('textbox', { name: `Title of #${ticket.id}` });
  await entry.fill(`Second ${word}`);
  await entry.press('Enter');
  await expect(changeTitle(page, ticket)).toBeFocused();
  await expect(titleOf(others, ticket)).toHaveText(`Second ${word}`);

  const row = rowOf(page, ticket);
  await choose(fieldOf(row, 'status'), 'In progress');
  await choose(fieldOf(row, 'priority'), 'High');
  await choose(fieldOf(row, 'category'), 'Billing');
  const assignee = row.locator('[data-field="assignee"]');
  await assignee.click();
  await page.getByRole('option', { name: other.name }).click();
  await expect(assignee).toHaveText(new RegExp(other.name));
  await expect(assignee).toBeFocused();

  const theirs = rowOf(others, ticket);
  for (const text of ['In progress', 'High', 'Billing', other.name]) await expect(theirs).toContainText(text);
  await expect
    .poll(() => api.get(ticket.id))
    .toMatchObject({
      title: `Second ${word}`,
      status: 'in_progress',
      priority: 'high',
      category: 'billing',
      assignee: { id: other.id },
    });
});

test('a title that is being typed stays whatever others do, and an empty one is none', async ({
  page,
  api,
  word,
}) => {
  const ticket = await api.create({ title: `Typed ${word}` });
  await open(page, `/admin/tickets?search=${word}`);
  await changeTitle(page, ticket).click();
  const entry = page.getByRole('textbox', { name: `Title of #${ticket.id}` });
  await entry.fill('Half wri');
  await api.patch(ticket.id, { priority: 'critical', title: `Theirs ${word}` });
  await expect(fieldOf(rowOf(page, ticket), 'priority')).toHaveAccessibleName(/Critical/);
  await expect(entry).toHaveValue('Half wri');
  // Nobody's change is written over unseen.
  await entry.press('Enter');
  await expect(page.getByTestId('conflict')).toContainText(`set the title to “Theirs ${word}”.`);
  await expect(page.getByRole('button', { name: 'Keep mine' })).toBeFocused();
  await entry.fill('  ');
  await entry.press('Enter');
  await expect(entry).toHaveAttribute('aria-invalid', 'true');
  await entry.press('Escape');
  await expect(titleOf(page, ticket)).toHaveText(`Theirs ${word}`);
});

test('a ticket is deleted after a question, for everybody', async ({ page, contextOf, api, word }) => {
  const next = await api.create({ title: `Spared ${word}` });
  const ticket = await api.create({ title: `Doomed ${word}` });
  const others = await (await contextOf(other)).newPage();
  await open(others, `/admin/tickets?search=${word}`);
  await open(page, `/admin/tickets?search=${word}`);
  await expect(rowOf(others, ticket)).toBeVisible();

  await page.getByRole('button', { name: `Delete #${ticket.id}` }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(`Delete #${ticket.id} “Doomed ${word}”?`);
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, ticket)).toBeVisible();
  await page.getByRole('button', { name: `Delete #${ticket.id}` }).click();
  await dialog.getByRole('button', { name: 'Delete for good' }).click();

  await expect(page.getByText(`#${ticket.id} is deleted`)).toBeVisible();
  await expect(rowOf(page, ticket)).toHaveCount(0);
  await expect(rowOf(page, next).getByRole('link')).toBeFocused();
  await expect(rowOf(others, ticket)).toContainText('Deleted');
  await expect(rowOf(others, ticket).getByRole('checkbox')).toBeDisabled();
  await expect(api.get(ticket.id)).rejects.toThrow('410');
});

test.describe('many tickets at once', () => {
  test.use({ tolerated: /status of 500/ });

  test('are deleted with a report of those that were not', async ({ page, api, word }) => {
    const tickets = [];
    for (const number of [1, 2, 3, 4]) tickets.push(await api.create({ title: `Many ${number} ${word}` }));
    const [first, kept, spared, last] = tickets as [Ticket, Ticket, Ticket, Ticket];
    await open(page, `/admin/tickets?search=${word}`);
    const problem = {
      type: 'about:blank',
      title: 'Broken',
      status: 500,
      detail: 'It broke.',
      code: 'internal',
    };
    await page.route(`**/api/tickets/${spared.id}`, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
    );

    await rowOf(page, first).getByRole('checkbox').click();
    await rowOf(page, last)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await rowOf(page, kept).getByRole('checkbox').click();
    await expect(page.getByTestId('selection')).toContainText('3 selected');
    await page.getByTestId('selection').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('Delete 3 tickets?');
    await page.getByRole('button', { name: 'Delete for good' }).click();

    await expect(page.getByText('2 tickets deleted')).toBeVisible();
    const report = page.getByTestId('spared');
    await expect(report).toContainText('1 ticket was not deleted');
    await expect(report).toContainText(`#${spared.id} Many 3 ${word}: It broke.`);
    await expect(rowOf(page, kept)).toBeVisible();
    await expect(rowOf(page, spared)).toBeVisible();
    await expect(rowOf(page, first)).toHaveCount(0);

    await page.unroute(`**/api/tickets/${spared.id}`);
    await report.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByText(`#${spared.id} is deleted`)).toBeVisible();
    await expect(report).toHaveCount(0);
    await expect(rowOf(page, kept)).toBeVisible();
  });
});
