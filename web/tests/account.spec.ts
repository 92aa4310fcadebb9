import { expect, open, test as base } from './support/desk.js';
import { hire, signIn, type SignedIn } from './support/people.js';
import type { Page } from '@playwright/test';

/** Somebody who may change what is theirs, because nobody else uses it. */
const test = base.extend<{ person: SignedIn; account: Page }>({
  person: async ({ desk, admin, word }, use) => {
    await use(await hire(desk, admin, { name: 'Katherine', email: `${word}@desk.test`, role: 'agent' }));
  },
  account: async ({ contextOf, person }, use) => {
    const page = await (await contextOf(person)).newPage();
    await open(page, '/account');
    await use(page);
  },
});

/** Who a cookie belongs to by now: `requester` is nobody. */
async function kindOf(desk: string, { cookie }: SignedIn): Promise<string> {
  const response = await fetch(`${desk}/api/me`, { headers: { cookie } });
  return ((await response.json()) as { kind: string }).kind;
}

const withToken = (desk: string, token: string) =>
  fetch(`${desk}/api/tickets?page_size=1`, { headers: { authorization: `Bearer ${token}` } });

test('the name is changed in its place, everywhere at once', async ({ account }) => {
  const edit = account.getByRole('button', { name: 'Change name' });
  await edit.click();
  await expect(account.getByLabel('Name', { exact: true })).toBeFocused();
  await account.keyboard.press('Escape');
  await expect(edit).toBeFocused();
  await account.keyboard.press('Enter');
  await account.keyboard.type('Katherine Johnson');
  await account.keyboard.press('Enter');
  await expect(account.getByTestId('my-name')).toHaveText('Katherine Johnson');
  await expect(account.getByTestId('account-menu')).toHaveAccessibleName('Account of Katherine Johnson');
  await expect(account.getByTestId('account-menu').locator('[data-initials=KJ]')).toBeVisible();
  await account.reload();
  await expect(account.getByTestId('my-name')).toHaveText('Katherine Johnson');
});

test.describe('the password', () => {
  test.use({ tolerated: /status of 400/ });

  test('is changed with the current one, and ends the other sessions', async ({ account, person, desk }) => {
    const elsewhere = await signIn(desk, person);
    await account.getByLabel('Current password').fill('not mine');
    await account.getByLabel('New password').fill('a longer one this time');
    await account.getByRole('button', { name: 'Change password' }).click();
    await expect(account.getByText('is wrong')).toBeVisible();
    await expect(account.getByLabel('Current password')).toBeFocused();
    await account.getByLabel('Current password').fill(person.password);
    await account.keyboard.press('Enter');
    await expect(account.getByText('Your password is changed')).toBeVisible();
    await expect(account.getByLabel('New password')).toHaveValue('');
    expect(await kindOf(desk, elsewhere)).toBe('requester');
    expect(await kindOf(desk, person)).toBe('person');
    await signIn(desk, { ...person, password: 'a longer one this time' });
  });
});

test('signing out everywhere asks, and ends every session', async ({ account, person, desk }) => {
  const elsewhere = await signIn(desk, person);
  // Not the dialog's own, which fades away for a moment.
  const button = account.getByRole('main').getByRole('button', { name: 'Sign out everywhere' });
  await button.click();
  const dialog = account.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeFocused();
  expect(await kindOf(desk, elsewhere)).toBe('person');
  await button.click();
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(account).toHaveURL('/sign-in');
  expect(await kindOf(desk, elsewhere)).toBe('requester');
  expect(await kindOf(desk, person)).toBe('requester');
});

test('a token is shown once, works, and stops when it is revoked', async ({ account, desk }) => {
  await expect(account.getByText('No tokens yet.')).toBeVisible();
  await account.getByRole('button', { name: 'New token' }).click();
  await account.getByRole('button', { name: 'Make token' }).click();
  await expect(account.getByText('Give it a name.')).toBeVisible();
  await account.getByLabel('Name', { exact: true }).fill('Nightly export');
  await expect(account.getByLabel('Administer')).toHaveCount(0);
  await account.getByLabel('Submit and change tickets').check();
  await account.getByText('in 30 days').click();
  await account.getByRole('button', { name: 'Make token' }).click();

  const secret = account.getByTestId('new-secret');
  await expect(secret).toContainText('shown only this once');
  const token = await secret.getByRole('textbox').inputValue();
  expect(token).toMatch(/^sbx_[\w-]{43}$/);
  expect((await withToken(desk, token)).status).toBe(200);
  await account.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await secret.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(secret.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
  expect(await account.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await secret.getByRole('button', { name: 'I have copied it' }).click();
  await expect(account.getByRole('button', { name: 'New token' })).toBeFocused();

  await account.reload();
  const row = account.getByTestId('tokens').getByRole('listitem');
  await expect(row).toContainText('Nightly export');
  await expect(row).toContainText('read, write');
  expect(await account.content()).not.toContain(token);

  await row.getByRole('button', { name: 'Revoke Nightly export' }).click();
  await account.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click();
  await expect(account.getByText('No tokens yet.')).toBeVisible();
  expect((await withToken(desk, token)).status).toBe(401);
});
