import { expect, fieldOf, open, rowOf, test } from './support/desk.js';

// What somebody has touched since is refused to be taken back.
test.use({ tolerated: /status of 409/ });

test('many are changed at once, with a preview, and taken back at once', async ({ page, api, word }) => {
  const tickets = [];
  for (let made = 0; made < 6; made += 1) tickets.push(await api.create({ title: `Many ${word} ${made}` }));
  await api.patch(tickets[0]!.id, { status: 'resolved' });
  await open(page, `/?search=${word}`);
  await expect(rowOf(page, tickets[5]!)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByTestId('bulk').getByRole('button', { name: 'Select all 6 loaded' }).click();
  await page.getByTestId('bulk').getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  const dialog = page.getByTestId('bulk-dialog');
  await expect(dialog).toContainText('6 tickets: status → Resolved');
  await expect(dialog).toContainText('5 tickets change. 1 is already.');
  await dialog.getByRole('button', { name: 'Change them' }).click();
  await expect(page.getByText('5 tickets: status set to Resolved')).toBeVisible();
  for (const ticket of tickets) await expect(fieldOf(rowOf(page, ticket), 'status')).toHaveText('Resolved');
  // One is touched meanwhile: it stays.
  await api.patch(tickets[3]!.id, { status: 'closed' });
  await expect(fieldOf(rowOf(page, tickets[3]!), 'status')).toHaveText('Closed');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('4 changes taken back')).toBeVisible();
  await expect(fieldOf(rowOf(page, tickets[5]!), 'status')).toHaveText('Open');
  await expect(fieldOf(rowOf(page, tickets[3]!), 'status')).toHaveText('Closed');
});
