import { choose, expect, fieldOf, open, rowOf, test } from './support/desk.js';

test('a ticket is whole, live, and the way back keeps the view', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Whole ${word}`, description: 'First line\nSecond line' });
  await open(page, `/?search=${word}`);
  await rowOf(page, ticket).getByRole('link').click();
  await expect(page).toHaveURL(`/tickets/${ticket.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Whole ${word}`);
  await expect(page.getByTestId('description')).toHaveText('First line\nSecond line');

  await choose(fieldOf(page.locator('main'), 'status'), 'In progress');
  const history = page.getByTestId('history').getByRole('listitem');
  await expect(history.first()).toContainText('changed status from Open to In progress');
  await expect(history.last()).toContainText('submitted the ticket');

  await api.patch(ticket.id, { description: 'Another text', title: 'Another title' });
  await expect(page.getByTestId('description')).toHaveText('Another text');
  await expect(page).toHaveTitle(/Another title/);

  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await expect(page).toHaveURL(`/?search=${word}`);
});

test.describe('a ticket that is not there', () => {
  test.use({ tolerated: /status of 404/ });

  test('says so and leads back', async ({ page }) => {
    await page.goto('/tickets/999999');
    await expect(page.getByRole('alert')).toContainText('There is no ticket #999999');
    await page.getByRole('link', { name: 'Go to the queue' }).click();
    await expect(page).toHaveURL('/');
  });
});
