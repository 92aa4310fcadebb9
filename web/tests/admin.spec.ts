import type { ApiTokenList, PersonList } from '#contract/queries';
import type { Page } from '@playwright/test';

import { hindrances } from './support/axe.js';
import { expect, open, test, type Api } from './support/desk.js';
import { hire, type SignedIn } from './support/people.js';

const SCREENS = [
  'tickets',
  'people',
  'tokens',
  'displays',
  'classification',
  'events',
  'audit',
  'health',
] as const;

const personRow = (page: Page, name: string) =>
  page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: name });

const actOn = async (page: Page, name: string, item: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** Nobody but the person of `page` administers the desk. */
async function beTheLast(api: Api): Promise<void> {
  const { results } = await api.send<PersonList>('GET', '/api/people?page_size=100');
  const others = results.filter(({ id, role }) => role === 'admin' && id !== api.person.id);
  for (const { id } of others) await api.send('PATCH', `/api/people/${id}`, { role: 'agent' });
}

test('no admin screen hinders anybody', async ({ page, api, word }) => {
  test.slow();
  await api.create({ title: `Seen by admins ${word}`, priority: 'critical' });
  await api.send('POST', '/api/tokens', { name: `script ${word}`, scopes: ['tickets:read'] });
  await api.send('POST', '/api/displays', { name: `screen ${word}` });
  for (const screen of SCREENS) {
    await open(page, `/admin/${screen}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByTestId('skeleton')).toHaveCount(0);
    expect(await hindrances(page), screen).toEqual([]);
  }
});

test('a phone needs no sideways scrolling on any admin screen', async ({ page, api }) => {
  test.slow();
  await api.create({ title: 'A title so long that it has no room on a phone whatever one tries to do' });
  await api.send('POST', '/api/tokens', { name: 'W'.repeat(100), scopes: ['tickets:read'] });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const screen of SCREENS) {
    await open(page, `/admin/${screen}`);
    await expect(page.getByTestId('skeleton')).toHaveCount(0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, screen).toBeLessThanOrEqual(0);
  }
});

test('the admin screens are for administrators', async ({ page, colleague }) => {
  await page.goto('/admin');
  await expect(page).toHaveURL('/admin/tickets');
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Audit' }).click();
  await expect(page).toHaveTitle('Audit · Administration · Signalbox');
  await colleague.page.goto('/admin/people');
  await expect(colleague.page.getByText('For administrators', { exact: true }).last()).toBeVisible();
});

test.describe('people', () => {
  let other: SignedIn;
  /** Somebody of this file alone: what is done to them signs them out. */
  let subject: SignedIn;
  test.beforeAll(async ({ desk, admin }) => {
    const at = `${Date.now().toString(36)}@desk.test`;
    other = await hire(desk, admin, { name: 'Second Admin', email: `second.${at}`, role: 'admin' });
    subject = await hire(desk, admin, { name: `Subject ${at}`, email: `subject.${at}`, role: 'agent' });
  });

  test('are invited by a link that is shown once', async ({ page, visitor, word }) => {
    await open(page, '/admin/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog.getByText('Enter a name.')).toBeVisible();
    await dialog.getByLabel('Name').fill(`New ${word}`);
    await dialog.getByLabel('E-mail').fill(`${word}@desk.test`);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(dialog).toContainText(`New ${word} is invited`);
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    await expect(personRow(page, word)).toContainText('never');

    const { hash, pathname } = new URL(link);
    await visitor.goto(pathname + hash);
    await visitor.locator('[autocomplete=new-password]').fill('a few good words');
    await visitor.getByRole('button', { name: 'Save password' }).click();
    await expect(visitor.getByText('Your password is saved')).toBeVisible();
  });

  test('are disabled for every administrator at once, and back again', async ({ page, contextOf }) => {
    const others = await (await contextOf(other)).newPage();
    await open(others, '/admin/people');
    await open(page, '/admin/people');
    await expect(personRow(others, subject.name)).toBeVisible();
    await actOn(page, subject.name, 'Disable');
    await expect(personRow(page, subject.name)).toContainText('Disabled');
    await expect(personRow(others, subject.name)).toContainText('Disabled');
    await actOn(page, subject.name, 'Enable');
    await expect(personRow(others, subject.name)).not.toContainText('Disabled');
  });

  test.describe('an account', () => {
    test.use({ tolerated: /status of 409/ });

    test('gets another role, another name and a new link, and is signed out', async ({ page, word }) => {
      await open(page, '/admin/people');
      await page.getByRole('button', { name: `Role of ${subject.name}` }).click();
      await page.getByRole('menuitemradio', { name: 'Administrator' }).click();
      await expect(personRow(page, subject.name)).toContainText('Administrator');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByRole('button', { name: `Role of ${subject.name}: Agent` })).toBeVisible();

      await actOn(page, other.name, 'Name and e-mail');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('E-mail').fill(subject.email);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog.getByText('somebody else has this address')).toBeVisible();
      await dialog.getByLabel('E-mail').fill(other.email);
      await dialog.getByLabel('Name').fill(`Second ${word}`);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      other = { ...other, name: `Second ${word}` };
      await expect(page.getByRole('button', { name: `Actions for ${other.name}` })).toBeFocused();

      await actOn(page, other.name, 'New password link');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Make link' }).click();
      await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/\/reset-password#/);
      await page.getByRole('button', { name: 'I have copied it' }).click();

      await actOn(page, other.name, 'Sign out everywhere');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
      await expect(page.getByText(`${other.name} is signed out everywhere`)).toBeVisible();
    });
  });

  test.describe('the last administrator', () => {
    test.use({ tolerated: /status of 409/ });

    test('stays one, and is told why', async ({ page, api, admin }) => {
      await beTheLast(api);
      await open(page, '/admin/people');
      await actOn(page, admin.name, 'Disable');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Disable me' }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'last administrator' })).toBeVisible();
      await expect(personRow(page, admin.name)).not.toContainText('Disabled');
    });
  });
});

test('a token is shown once, listed with its owner, and revoked', async ({ page, colleague, word }) => {
  await colleague.api.send('POST', '/api/tokens', { name: `theirs ${word}`, scopes: ['tickets:read'] });
  await open(page, '/admin/tokens');
  const rows = page.getByRole('table', { name: 'Tokens' }).getByRole('row');
  await expect(rows.filter({ hasText: `theirs ${word}` })).toContainText(colleague.api.person.name);

  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Name').fill(`mine ${word}`);
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByRole('textbox', { name: 'The token' })).toHaveValue(/^sbx_/);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(rows.filter({ hasText: `mine ${word}` })).toBeVisible();

  await page.getByRole('button', { name: `Revoke theirs ${word}` }).click();
  await expect(page.getByRole('alertdialog')).toContainText(colleague.api.person.name);
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(rows.filter({ hasText: `theirs ${word}` })).toContainText('revoked');
  const { results } = await colleague.api.send<ApiTokenList>('GET', '/api/tokens');
  expect(results.find(({ name }) => name === `theirs ${word}`)?.revoked_at).not.toBeNull();
});

test('a display is made, seen and revoked', async ({ page, visitor, word }) => {
  // That it was seen is in no event: the list is read again every 10 s.
  test.slow();
  await open(page, '/admin/displays');
  await page.getByRole('button', { name: 'New display' }).click();
  await page.getByLabel('Name').fill(`Lobby ${word}`);
  await page.getByRole('button', { name: 'Make link' }).click();
  const link = new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue());
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = page.getByRole('row').filter({ hasText: `Lobby ${word}` });
  await expect(row).toContainText('Not opened yet');

  await visitor.goto(link.pathname + link.hash);
  await expect(visitor).toHaveURL('/wall');
  await expect(row).toContainText('Active', { timeout: 25_000 });
  await visitor.close();

  await page.getByRole('button', { name: `Revoke Lobby ${word}` }).click();
  await page.getByRole('button', { name: 'Revoke display' }).click();
  await expect(row).toContainText('Revoked');
});

test('the classification is switched off and on, and tried', async ({ page }) => {
  await open(page, '/admin/classification');
  const toggle = page.getByRole('switch', { name: 'Classify new tickets' });
  await expect(toggle).toBeChecked();
  await expect(page.getByText('stand-in', { exact: true })).toBeVisible();
  await toggle.click();
  await expect(page.getByText('Nothing is sent to the model')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(toggle).toBeChecked();
  await expect(page.getByText('Classification is on')).toBeVisible();

  await page.getByRole('button', { name: 'Ask the model' }).click();
  await expect(page.getByText('Write a text first.')).toBeVisible();
  await page.getByLabel('What a customer might write').fill('I was charged twice.');
  await page.getByRole('button', { name: 'Ask the model' }).click();
  const answer = page.getByTestId('trial');
  await expect(answer).toContainText('Billing');
  await expect(answer).toContainText('High');
  await expect(answer).toContainText('93% sure');
  await expect(answer).toContainText(/\d ms/);
});

test('the event log is live, filtered and open to the bottom', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Logged ${word}` });
  await open(page, `/admin/events?ticket=${ticket.id}`);
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
  await expect(events).toHaveCount(1);
  await expect(events.first()).toContainText(`submitted #${ticket.id} Logged ${word}`);

  await api.patch(ticket.id, { status: 'in_progress', assignee: api.person.id });
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(events).toHaveCount(2);
  await expect(events.first()).toContainText('status Open → In progress');
  await expect(events.first()).toContainText(`assignee nobody → ${api.person.name}`);
  await events
    .first()
    .getByRole('button', { name: /as it is stored/ })
    .click();
  await expect(events.first().locator('pre')).toContainText('"type": "ticket.updated"');

  await page.getByRole('button', { name: 'What' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Submitted' }).click();
  await page.keyboard.press('Escape');
  await expect(events).toHaveCount(1);
  await expect(page).toHaveURL(/type=ticket\.created/);
  await expect(page.getByText('This is the beginning of the log.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the event log' }).fill('nobody has this');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL('/admin/events');
});

test('the event log goes on below where it stopped', async ({ page, api, word }) => {
  const ticket = await api.create({ title: `Long ${word}` });
  for (let number = 1; number <= 55; number += 1)
    await api.patch(ticket.id, { title: `Long ${number} ${word}` });
  await open(page, `/admin/events?ticket=${ticket.id}`);
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
  await expect(events).toHaveCount(50);
  await expect(page.getByText(/^Searched back to/)).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(events).toHaveCount(56);
  await expect(events.last()).toContainText('submitted');
  await expect(page.getByText('This is the beginning of the log.')).toBeVisible();
  await expect(page.getByText('closed for 30 days')).toBeVisible();
});

test('the audit says who did what, and is searched', async ({ page, api, word }) => {
  await api.send('POST', '/api/displays', { name: `Audited ${word}` });
  await open(page, '/admin/audit');
  const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row');
  await expect(rows.filter({ hasText: word })).toContainText(
    `${api.person.name} made the display Audited ${word}`,
  );
  await page.getByRole('searchbox', { name: 'Search the audit' }).fill(word);
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'What' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Failed sign-in' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nothing matches')).toBeVisible();

  await api.send('POST', '/api/displays', { name: `Later ${word}` });
  await page.goto(`/admin/audit?search=Later+${word}`);
  await expect(rows.filter({ hasText: `Later ${word}` })).toBeVisible();
});

test.describe('the health screen', () => {
  test.use({ tolerated: /ERR_|WebSocket/ });

  test('says what is up, and when nobody answers any more', async ({ page, wire }) => {
    await open(page, '/admin/health');
    await expect(page.getByTestId('ready')).toContainText('All that is needed is up');
    await expect(page.getByTestId('page-connection')).toContainText('Live');
    await expect(page.getByTestId('page-connection')).toContainText(/Position in the log\s*\d/);
    wire.cut();
    await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeVisible();
    await expect(page.getByTestId('ready')).toContainText(/checked \d+ s ago/);
    wire.mend();
    await expect(page.getByTestId('ready')).toContainText('All that is needed is up');
  });
});

test.describe('a list that cannot be read', () => {
  test.use({ tolerated: /status of 500/ });

  test('says so and is tried again', async ({ page }) => {
    const problem = { type: 'about:blank', title: 'Broken', status: 500, detail: '', code: 'internal' };
    await page.route('**/api/displays?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
    );
    await page.goto('/admin/displays');
    await expect(page.getByRole('alert')).toContainText('The displays could not be loaded');
    await page.unroute('**/api/displays?*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByText('The displays could not be loaded')).toHaveCount(0);
  });
});
