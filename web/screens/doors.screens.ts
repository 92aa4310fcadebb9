import { expect, open } from '../tests/support/desk.js';
import { screen } from './screen.js';

screen('sign-in', async ({ visitor, shoot }) => {
  await visitor.goto('/sign-in');
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  await shoot('sign-in', visitor);
  await visitor.getByLabel('E-mail').fill('amara.okafor@example.com');
  await visitor.getByLabel('Password', { exact: true }).fill('not this one');
  await visitor.keyboard.press('Enter');
  await expect(visitor.getByRole('alert')).toBeVisible();
  await shoot('sign-in-refused', visitor);
});

for (const [name, path] of [
  ['setup', '/setup#a-link'],
  ['setup-without-link', '/setup'],
  ['reset-password', '/reset-password#a-link'],
  ['reset-password-without-link', '/reset-password'],
  ['display-without-link', '/display'],
] as const) {
  screen(name, async ({ visitor, shoot }) => {
    await visitor.goto(path);
    await expect(visitor.getByRole('heading').first()).toBeVisible();
    await shoot(name, visitor);
  });
}

screen('submit', async ({ visitor, shoot }) => {
  await visitor.goto('/submit');
  await expect(visitor.getByLabel('Title')).toBeVisible();
  await shoot('submit', visitor);
  await visitor.getByRole('button', { name: 'Submit ticket' }).click();
  await expect(visitor.getByText('Please give the ticket a title.')).toBeVisible();
  await shoot('submit-incomplete', visitor);
  await visitor.getByLabel('Title').fill('Charged twice for one invoice');
  await visitor.getByLabel('Description').fill('I was charged twice for invoice 2026-118 and want one back.');
  await expect(visitor.getByTestId('suggestion')).toHaveAttribute('data-phase', 'given');
  await shoot('submit-suggestion', visitor);
  await visitor.getByRole('button', { name: 'Submit ticket' }).click();
  await expect(visitor.getByTestId('receipt')).toBeVisible();
  await shoot('submit-receipt', visitor);
});

screen('account', async ({ page, shoot }) => {
  await open(page, '/account');
  await shoot('account');
  await page.getByRole('button', { name: 'New token' }).click();
  await shoot('account-new-token');
});

screen('no such page, and one for others', async ({ page, shoot, colleague, visitor }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot('not-found');
  await colleague.page.goto('/admin');
  await expect(colleague.page.getByRole('heading', { name: 'For administrators' })).toBeVisible();
  await shoot('for-administrators', colleague.page);
  await visitor.route('**/api/me', (route) => route.abort());
  await visitor.goto('/');
  await expect(visitor.getByText(/cannot be reached/i).first()).toBeVisible();
  await shoot('unreachable', visitor);
});
