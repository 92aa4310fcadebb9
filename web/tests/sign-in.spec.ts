import { expect, expectLive, open, rowOf, test } from './support/desk.js';
import { call, cookiesOf, hire, signIn, type SignedIn } from './support/people.js';
import type { Page } from '@playwright/test';

const email = (page: Page) => page.getByLabel('E-mail');
const password = (page: Page) => page.getByLabel('Password', { exact: true });

async function enter(page: Page, person: { email: string; password: string }): Promise<void> {
  await email(page).fill(person.email);
  await password(page).fill(person.password);
  await page.keyboard.press('Enter');
}

test('who is not signed in does so and goes on where they wanted to', async ({ visitor, api, admin }) => {
  const ticket = await api.create({ title: 'Wanted before signing in' });
  await visitor.goto(`/tickets/${ticket.id}?from=mail`);
  await expect(visitor).toHaveURL(`/sign-in?next=%2Ftickets%2F${ticket.id}%3Ffrom%3Dmail`);
  await expect(email(visitor)).toBeFocused();
  await expect(email(visitor)).toHaveAttribute('autocomplete', 'username');
  await expect(password(visitor)).toHaveAttribute('autocomplete', 'current-password');
  await visitor.keyboard.type(admin.email);
  await visitor.keyboard.press('Tab');
  await visitor.keyboard.type(admin.password);
  await visitor.keyboard.press('Enter');
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Wanted before signing in');
  await expect(visitor).toHaveURL(`/tickets/${ticket.id}?from=mail`);
  await expectLive(visitor);
});

test('the single sign-on is offered by its name, and leads in', async ({ visitor }) => {
  await visitor.goto('/sign-in');
  await visitor.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await expectLive(visitor);
  await expect(visitor).toHaveURL('/');
});

for (const next of [
  '//elsewhere.test/',
  'https://elsewhere.test/',
  '/\\elsewhere.test',
  '/.//elsewhere.test',
]) {
  test(`a link to sign in does not lead on to ${next}`, async ({ visitor, admin }) => {
    await visitor.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await enter(visitor, admin);
    await expectLive(visitor);
    await expect(visitor).toHaveURL('/');
  });
}

test('nothing of the desk is shown, asked for or opened before', async ({ visitor }) => {
  const asked: string[] = [];
  let sockets = 0;
  visitor.on('request', (request) => asked.push(new URL(request.url()).pathname));
  visitor.on('websocket', () => (sockets += 1));
  for (const path of ['/', '/account', '/wall', '/admin', '/tickets/1']) {
    await visitor.goto(path);
    await expect(visitor.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  }
  await visitor.goto('/submit');
  await expect(visitor.getByLabel('Title')).toBeVisible();
  expect(new Set(asked.filter((path) => path.startsWith('/api/')))).toEqual(new Set(['/api/me']));
  expect(sockets).toBe(0);
});

test('a visitor submits a ticket and keeps its number, not its page', async ({ visitor, api }) => {
  await visitor.goto('/submit');
  await visitor.getByLabel('Title').fill('From outside');
  await visitor.getByLabel('Description').fill('As above.');
  await visitor.getByRole('button', { name: 'Submit ticket' }).click();
  const receipt = visitor.getByTestId('receipt');
  await expect(receipt).toContainText('Ticket received');
  await expect(receipt.getByRole('link')).toHaveCount(0);
  const id = Number(/#(\d+)/.exec((await receipt.textContent()) ?? '')?.[1]);
  expect((await api.get(id)).title).toBe('From outside');
});

test('an agent is told that administration is not theirs', async ({ colleague: { page } }) => {
  await page.goto('/admin');
  await expect(page.getByRole('heading', { name: 'For administrators' })).toBeVisible();
  await page.getByTestId('account-menu').click();
  await expect(page.getByRole('menu')).toContainText('Agent');
  await expect(page.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0);
});

test('the password can be looked at, and Caps Lock is told', async ({ visitor }) => {
  await visitor.goto('/sign-in');
  await password(visitor).fill('Secret Words');
  await expect(password(visitor)).toHaveAttribute('type', 'password');
  await visitor.getByRole('button', { name: 'Show password' }).click();
  await expect(password(visitor)).toHaveAttribute('type', 'text');
  await visitor.getByRole('button', { name: 'Hide password' }).click();
  await expect(password(visitor)).toHaveAttribute('type', 'password');
  await password(visitor).dispatchEvent('keydown', { key: 'A', modifierCapsLock: true });
  await expect(visitor.getByText('Caps Lock is on')).toBeVisible();
  await password(visitor).dispatchEvent('keyup', { key: 'a', modifierCapsLock: false });
  await expect(visitor.getByText('Caps Lock is on')).toHaveCount(0);
});

test('a desk without an administrator says how to set it up', async ({ visitor }) => {
  await visitor.route('**/api/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), setup_needed: true } });
  });
  await visitor.goto('/');
  await expect(visitor.getByRole('note')).toContainText('set-up link that the server printed on its console');
});

test('the set-up link leaves the address bar and makes the first administrator', async ({
  visitor,
  admin,
}) => {
  const sent: unknown[] = [];
  await visitor.route('**/api/setup', async (route) => {
    sent.push(route.request().postDataJSON());
    await visitor.context().addCookies(cookiesOf(admin));
    await route.fulfill({
      status: 201,
      json: await visitor.evaluate(() => fetch('/api/me').then((me) => me.json())),
    });
  });
  await visitor.goto('/setup#sbs_once');
  await expect(visitor).toHaveURL('/setup');
  await expect(visitor.getByLabel('Your name')).toBeFocused();
  await expect(password(visitor)).toHaveAttribute('autocomplete', 'new-password');
  await visitor.getByLabel('Your name').fill(' Ada ');
  await email(visitor).fill('ada@desk.test');
  await password(visitor).fill('too short');
  await expect(visitor.getByText('One more character')).toBeVisible();
  await visitor.keyboard.press('Enter');
  await expect(visitor.getByText('Use at least 10 characters.')).toBeVisible();
  await expect(password(visitor)).toBeFocused();
  await password(visitor).fill('long enough now');
  await visitor.keyboard.press('Enter');
  await expectLive(visitor);
  await expect(visitor).toHaveURL('/');
  expect(sent).toEqual([
    { token: 'sbs_once', name: 'Ada', email: 'ada@desk.test', password: 'long enough now' },
  ]);
});

test.describe('when the server says no', () => {
  test.use({ tolerated: /status of (401|410|429)/ });

  test('a wrong password is told in its place, and the right one works then', async ({ visitor, admin }) => {
    await visitor.goto('/sign-in');
    await email(visitor).press('Enter');
    await expect(visitor.getByText('Enter your e-mail address.')).toBeVisible();
    await enter(visitor, { ...admin, password: 'not this one' });
    await expect(visitor.getByRole('alert')).toContainText('The address or the password is wrong');
    await expect(password(visitor)).toBeFocused();
    await visitor.keyboard.type(admin.password);
    await visitor.keyboard.press('Enter');
    await expectLive(visitor);
  });

  test('who tries too often is told how long to wait', async ({ visitor, admin }) => {
    await visitor.route('**/api/auth/sign-in/email', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '42', 'content-type': 'application/problem+json' },
        json: { type: 'about:blank', title: 'Too many', status: 429, detail: '', code: 'rate_limited' },
      }),
    );
    await visitor.goto('/sign-in');
    await enter(visitor, admin);
    await expect(visitor.getByRole('alert')).toContainText('Please wait 42 seconds.');
  });

  test('a set-up link that is spent says where to get another', async ({ visitor }) => {
    await visitor.goto('/setup#sbs_of_the_day_before');
    await visitor.getByLabel('Your name').fill('Ada');
    await email(visitor).fill('ada@desk.test');
    await password(visitor).fill('long enough now');
    await visitor.keyboard.press('Enter');
    const closed = visitor.getByRole('heading', { name: 'This set-up link cannot be used any more' });
    await expect(closed).toBeVisible();
    await expect(visitor.getByText('start the server again')).toBeVisible();
  });

  test('a password link leaves the address bar, and works once', async ({ visitor, api, desk, word }) => {
    const address = `${word}@desk.test`;
    const { link } = await api.send<{ link: { url: string } }>('POST', '/api/people', {
      name: 'New Here',
      email: address,
      role: 'agent',
    });
    const { pathname, hash } = new URL(link.url);
    await visitor.goto(pathname + hash);
    await expect(visitor).toHaveURL('/reset-password');
    const field = visitor.getByLabel('New password');
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('autocomplete', 'new-password');
    await field.fill('my own words');
    await visitor.keyboard.press('Enter');
    await expect(visitor.getByRole('heading', { name: 'Your password is saved' })).toBeVisible();
    await visitor.getByRole('link', { name: 'Sign in' }).last().click();
    await enter(visitor, { email: address, password: 'my own words' });
    await expectLive(visitor);
    expect((await signIn(desk, { email: address, password: 'my own words' })).name).toBe('New Here');

    await visitor.goto('about:blank');
    await visitor.goto(pathname + hash);
    await visitor.getByLabel('New password').fill('once more, please');
    await visitor.keyboard.press('Enter');
    await expect(visitor.getByRole('heading', { name: 'This link cannot be used any more' })).toBeVisible();
  });
});

test.describe('signed out while at work', () => {
  test.use({ tolerated: /status of 401/ });

  /** Somebody with a session that nobody else uses, at a page where they have typed. */
  async function atWork(page: Page): Promise<void> {
    await open(page, '/submit');
    await page.getByLabel('Title').fill('Half a thought');
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  }

  const endSession = (desk: string, { cookie }: SignedIn) => call(`${desk}/api/auth/sign-out`, { cookie });
  const isSamePage = (page: Page) => page.evaluate(() => 'isSamePage' in window);

  test('one signs in over the page, and goes on', async ({ desk, admin, api, contextOf }) => {
    const session = await signIn(desk, admin);
    const page = await (await contextOf(session)).newPage();
    await atWork(page);
    await endSession(desk, session);
    const dialog = page.getByRole('dialog', { name: /^You were signed out/ });
    await expect(dialog).toBeVisible();
    await expect(email(page)).toHaveValue(admin.email);
    // Who is in the middle of a sentence does not write its end into the password.
    await expect(dialog).toBeFocused();
    await page.keyboard.type('and its end');
    await page.keyboard.press('Enter');
    await expect(password(page)).toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await password(page).fill('wrong');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('wrong');
    await password(page).fill(admin.password);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expectLive(page);
    expect(await isSamePage(page)).toBe(true);
    await expect(page.getByLabel('Title')).toHaveValue('Half a thought');
    await expect(page.getByLabel('Title')).toBeFocused();

    await page.getByRole('link', { name: 'Queue' }).click();
    const list = page.getByRole('grid', { name: 'Tickets' });
    await expect(list).toHaveAttribute('aria-busy', 'false');
    const ticket = await api.create({ title: 'Live again' });
    await page.getByRole('button', { name: /^1 new/ }).click();
    await expect(rowOf(page, ticket)).toBeVisible();
  });

  test('signing in in another tab is enough', async ({ desk, admin, contextOf }) => {
    const session = await signIn(desk, admin);
    const context = await contextOf(session);
    const page = await context.newPage();
    await atWork(page);
    await endSession(desk, session);
    await expect(page.getByRole('dialog')).toBeVisible();
    const other = await context.newPage();
    await other.goto('/sign-in');
    await enter(other, admin);
    await expectLive(other);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expectLive(page);
    expect(await isSamePage(page)).toBe(true);
  });

  test('for another person the page begins anew', async ({ desk, admin, word, contextOf }) => {
    const newcomer = { name: 'Another One', email: `${word}@desk.test`, role: 'agent' } as const;
    const other = await hire(desk, admin, newcomer);
    const session = await signIn(desk, admin);
    const page = await (await contextOf(session)).newPage();
    await atWork(page);
    await endSession(desk, session);
    await expect(page.getByRole('dialog')).toBeVisible();
    await enter(page, other);
    await expectLive(page);
    expect(await isSamePage(page)).toBe(false);
    await expect(page.getByTestId('account-menu')).toHaveAccessibleName('Account of Another One');
  });

  test('a refused call says so too', async ({ desk, admin, contextOf }) => {
    const session = await signIn(desk, admin);
    const context = await contextOf(session);
    const page = await context.newPage();
    await open(page, '/');
    await context.clearCookies();
    await page.getByRole('searchbox').fill('anything');
    await expect(page.getByRole('dialog', { name: 'You were signed out' })).toBeVisible();
  });
});

test('signing out leaves nothing behind', async ({ desk, admin, contextOf }) => {
  const page = await (await contextOf(await signIn(desk, admin))).newPage();
  await open(page, '/');
  await page.getByTestId('account-menu').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
});
