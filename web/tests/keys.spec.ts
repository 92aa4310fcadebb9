import { expect, fieldOf, open, rowOf, test } from './support/desk.js';

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
  await expect(page.getByRole('heading', { name: `Newer ${word}` })).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.type('jjx');
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
