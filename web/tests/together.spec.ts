import { choose, expect, expectLive, fieldOf, open, rowOf, test } from './support/desk.js';
import { holdPatches } from './support/hold.js';
import {
  commentsOf,
  expectStoredRefusals,
  historyOf,
  messages,
  rewrite,
  say,
  writer,
} from './support/talk.js';

for (const [answer, mine] of [
  ['Keep mine', true],
  ['Take theirs', false],
] as const) {
  test(`a text that somebody changes while it is written stays, until: ${answer}`, async ({
    page,
    api,
    colleague,
    agent,
  }) => {
    const ticket = await api.create({ title: 'Both', description: 'It fails on Monday.' });
    await open(page, `/tickets/${ticket.id}`);
    const text = await rewrite(page, 'description');
    await page.keyboard.type(' Always.');
    await open(colleague.page, `/tickets/${ticket.id}`);
    await (await rewrite(colleague.page, 'description')).fill('It fails on Tuesday.');
    await colleague.page.keyboard.press('Control+Enter');

    const note = page.getByTestId('conflict');
    await expect(note).toContainText(`${agent.name} changed the description while you were writing.`);
    await expect(note.locator('del').first()).toHaveText('Tuesday');
    await expect(note.locator('ins').first()).toHaveText('Monday');
    await expect(text).toHaveValue('It fails on Monday. Always.');
    await expect(text).toBeFocused();
    await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
    await page.keyboard.press('Control+Enter');
    await expect(note.getByRole('button', { name: 'Keep mine' })).toBeFocused();
    expect((await api.get(ticket.id)).description).toBe('It fails on Tuesday.');

    await note.getByRole('button', { name: answer }).click();
    await expect(note).toHaveCount(0);
    const outcome = mine ? 'It fails on Monday. Always.' : 'It fails on Tuesday.';
    for (const one of [page, colleague.page]) {
      await expect(one.getByTestId('description')).toHaveText(outcome);
    }
    expect((await api.get(ticket.id)).version).toBe(mine ? 3 : 2);
  });
}

test('a text that is given up by a slip can be had back', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Slipped', description: 'It fails.' });
  await open(page, `/tickets/${ticket.id}`);
  const text = await rewrite(page, 'description');
  await text.fill('It fails on Monday.');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('description')).toHaveText('It fails.');
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(text).toHaveValue('It fails on Monday.');
  await page.reload();
  await expect(text).toHaveValue('It fails on Monday.');
  await page.keyboard.press('Escape');
  expect((await api.get(ticket.id)).version).toBe(1);
});

test.describe('a text that is refused', () => {
  test.use({ tolerated: /status of 500/ });

  test('is there to be written on, with the reason', async ({ page, api }) => {
    const ticket = await api.create({ title: 'Refused', description: 'One' });
    await open(page, `/tickets/${ticket.id}`);
    const detail = 'The disk is full.';
    const problem = { type: 'about:blank', title: 'Broken', status: 500, detail, code: 'internal' };
    const path = `**/api/tickets/${ticket.id}`;
    await page.route(path, (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem })
        : route.fallback(),
    );
    const text = await rewrite(page, 'description');
    await text.fill('One and two');
    await page.keyboard.press('Control+Enter');
    await expect(text).toHaveValue('One and two');
    await expect(text).toBeFocused();
    await expect(text).toHaveAccessibleDescription(`Not saved: ${detail}`);
    await page.unroute(path);
    await page.reload();
    await expect(text).toHaveValue('One and two');
    await text.press('Control+Enter');
    await expect.poll(async () => (await api.get(ticket.id)).description).toBe('One and two');
  });
});

test('of two long texts the first difference is shown', async ({ page, api, colleague }) => {
  const long = Array.from({ length: 60 }, (_, line) => `Line ${line} of the report.`).join('\n');
  const ticket = await api.create({ title: 'Compared', description: long });
  await open(page, `/tickets/${ticket.id}`);
  await (await rewrite(page, 'description')).fill(`${long}\nMine.`);
  await colleague.api.patch(ticket.id, { description: `${long}\nTheirs.` });
  const note = page.getByTestId('conflict');
  await note.scrollIntoViewIfNeeded();
  await expect(note.locator('del, ins').first()).toBeInViewport();
});

test.describe('a change that was too late', () => {
  test.use({ tolerated: /status of 409/ });

  for (const [answer, outcome] of [
    ['Keep mine', 'closed'],
    ['Take theirs', 'resolved'],
  ] as const) {
    test(`is told beside its field, over a reload too: ${answer}`, async ({
      page,
      api,
      colleague,
      agent,
    }) => {
      const ticket = await api.create({ title: 'Wanted by two' });
      await open(page, `/tickets/${ticket.id}`);
      const status = fieldOf(page.locator('main'), 'status');
      const release = await holdPatches(page);
      const asked = page.waitForRequest((request) => request.method() === 'PATCH');
      await choose(status, 'Closed');
      await asked;
      await colleague.api.patch(ticket.id, { status: 'resolved' });
      release();
      const note = page.getByTestId('conflict');
      await expect(note).toContainText(`${agent.name} set the status to Resolved. You chose Closed.`);
      await expectStoredRefusals(page, 1);
      await page.reload();
      await expect(note).toContainText('You chose Closed.');
      await note.getByRole('button', { name: answer }).click();
      await expect(note).toHaveCount(0);
      await expect.poll(async () => (await api.get(ticket.id)).status).toBe(outcome);
      await expect(status).toHaveText(outcome === 'closed' ? 'Closed' : 'Resolved');
    });
  }
});

test('changes of different fields are both kept', async ({ page, api, colleague }) => {
  const ticket = await api.create({ title: 'Merged' });
  await open(page, `/tickets/${ticket.id}`);
  const release = await holdPatches(page);
  const asked = page.waitForRequest((request) => request.method() === 'PATCH');
  await choose(fieldOf(page.locator('main'), 'status'), 'Closed');
  await asked;
  await colleague.api.patch(ticket.id, { priority: 'high', title: 'Merged, too' });
  release();
  await expect(fieldOf(page.locator('main'), 'priority')).toHaveText('High');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Merged, too');
  await expect
    .poll(() => api.get(ticket.id))
    .toMatchObject({ status: 'closed', priority: 'high', title: 'Merged, too', version: 3 });
  await expect(page.getByTestId('conflict')).toHaveCount(0);
});

test.describe('a half-typed note', () => {
  test.use({ tolerated: /ERR_|WebSocket|Failed to (load|fetch)/ });

  test('stays byte for byte the same, whatever happens', async ({ page, api, colleague, agent, wire }) => {
    const ticket = await api.create({ title: 'Half' });
    await open(page, `/tickets/${ticket.id}`);
    const note = await writer(page, 'Internal note');
    const typed = '  Straße – 東京 👩🏽‍💻\n\n\tnot  done';
    await note.fill(typed);
    await note.press('ArrowLeft');
    const at = await note.evaluate((text: HTMLTextAreaElement) => text.selectionStart);

    await colleague.api.patch(ticket.id, { assignee: agent.id, title: 'Whole', description: 'Other' });
    await say(colleague.api, ticket, 'Between', true);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Whole');
    await expect(messages(page)).toHaveCount(1);
    expect(await note.inputValue()).toBe(typed);
    await expect(note).toBeFocused();
    expect(await note.evaluate((text: HTMLTextAreaElement) => text.selectionStart)).toBe(at);

    wire.cut();
    await expect(page.getByTestId('connection')).not.toHaveAttribute('data-look', 'live');
    await colleague.api.patch(ticket.id, { title: 'Again' });
    wire.mend();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Again');
    expect(await note.inputValue()).toBe(typed);

    await page.reload();
    await expectLive(page);
    const again = await writer(page, 'Internal note');
    expect(await again.inputValue()).toBe(typed);
    await again.press('Control+Enter');
    await expect.poll(async () => (await commentsOf(api, ticket)).at(-1)?.body).toBe(typed.trim());
  });
});

test.describe('undo', () => {
  test.use({ tolerated: /status of 409/ });

  test('the last change is taken back by key, but for what somebody touched since', async ({
    page,
    api,
    colleague,
    agent,
  }) => {
    const ticket = await api.create({ title: 'Back and forth', priority: 'low' });
    await open(page, `/tickets/${ticket.id}`);
    const main = page.locator('main');
    await choose(fieldOf(main, 'priority'), 'High');
    const done = page.getByText(`#${ticket.id}: priority set to High`);
    await expect(done).toBeVisible();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await api.get(ticket.id)).priority).toBe('low');
    await expect(page.getByText(`#${ticket.id}: change taken back`)).toBeVisible();
    await expect(done).toHaveCount(0);

    const reply = await writer(page, 'Reply');
    await reply.fill('words');
    await reply.press('Control+z');
    expect((await api.get(ticket.id)).version).toBe(3);

    await choose(fieldOf(main, 'status'), 'Closed');
    await expect(page.getByText(`#${ticket.id}: status set to Closed`)).toBeVisible();
    await colleague.api.patch(ticket.id, { status: 'resolved' });
    await expect(fieldOf(main, 'status')).toHaveText('Resolved');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect(page.getByText(`${agent.name} has set the status to Resolved since.`)).toBeVisible();
    expect((await api.get(ticket.id)).status).toBe('resolved');
  });
});

test.describe('what is not HTML', () => {
  test.use({ tolerated: /status of 409/ });

  test('is shown as it was written, everywhere', async ({ page, api, colleague, admin, desk }) => {
    test.slow();
    const evil = (what: string) =>
      `<img src=x onerror="alert('${what}')"><script>alert(1)</script>{@html ${what}}`;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
        console.error(`CSP: ${violatedDirective}`);
      });
    });
    const { id: agentId } = colleague.api.person;
    const name = `<b onmouseover="alert(1)">Eve</b>${desk.length}`;
    const before = colleague.api.person.name;
    await api.send('PATCH', `/api/people/${agentId}`, { name });
    const requester = { name: evil('who'), email: 'eve@evil.test' };
    const ticket = await api.create({
      title: evil('title'),
      description: evil('description'),
      priority: 'critical',
      requester,
    });
    await say(colleague.api, ticket, evil('reply'));
    await say(colleague.api, ticket, evil('note'), true);
    await colleague.api.patch(ticket.id, { assignee: agentId });

    await open(page, '/');
    await expect(rowOf(page, ticket)).toContainText(evil('title'));
    await expect(rowOf(page, ticket)).toContainText(name);
    await open(page, `/tickets/${ticket.id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(evil('title'));
    await expect(page.getByTestId('description')).toHaveText(evil('description'));
    await expect(page.getByText(evil('who'), { exact: true })).toBeVisible();
    await expect(messages(page).first()).toContainText(evil('reply'));
    await expect(messages(page).last()).toContainText(evil('note'));
    await expect(page.getByTestId('history')).toContainText(name);
    await expect(page.getByTestId('history')).toContainText(evil('reply'));

    await rewrite(page, 'title');
    await page.keyboard.type('!');
    await colleague.api.patch(ticket.id, { title: evil('theirs') });
    await expect(page.getByTestId('conflict')).toContainText(name);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.locator('main [data-field="assignee"]').click();
    await page.getByRole('option', { name: admin.name }).click();
    await expect(page.locator('main [data-field="assignee"]')).toHaveText(new RegExp(admin.name));
    await page.locator('main [data-field="assignee"]').click();
    await page.getByRole('option', { name: 'Eve' }).click();
    await expect(page.locator('[data-sonner-toast]').filter({ hasText: name })).toBeVisible();

    await api.send('POST', '/api/tokens', { name: evil('token'), scopes: ['tickets:read'] });
    await api.send('POST', '/api/displays', { name: evil('display') });
    const viewName = '<img src=x onerror="alert(1)"> view';
    const view = { name: viewName, query: 'status=open', shared: true };
    const { id: viewId } = await api.send<{ id: string }>('POST', '/api/views', view);
    for (const [path, ...texts] of [
      ['/', evil('title'), name, viewName],
      ['/stats', name],
      ['/wall', evil('title')],
      ['/account', evil('token')],
      ['/admin/tickets', evil('title'), name],
      ['/admin/people', name],
      ['/admin/tokens', evil('token')],
      ['/admin/displays', evil('display')],
      ['/admin/events', evil('title'), name],
      ['/admin/audit', evil('token'), evil('display'), name],
    ] as const) {
      await page.goto(path);
      for (const text of texts) {
        await expect(page.getByText(text).first(), `${text} on ${path}`).toBeAttached();
      }
      expect(await page.locator('img[src="x"]').count(), path).toBe(0);
    }
    await api.send('DELETE', `/api/views/${viewId}`);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(dialogs).toEqual([]);
    await api.send('PATCH', `/api/people/${agentId}`, { name: before });
  });
});

test('who is renamed is so at once, everywhere', async ({ page, api, colleague, agent }) => {
  const ticket = await api.create({ title: 'Named' });
  await api.patch(ticket.id, { assignee: agent.id });
  await say(colleague.api, ticket, 'By me');
  await open(page, `/tickets/${ticket.id}`);
  await expect(messages(page).first()).toContainText(agent.name);
  await api.send('PATCH', `/api/people/${agent.id}`, { name: 'Rear Admiral Hopper' });
  await expect(messages(page).first()).toContainText('Rear Admiral Hopper');
  await expect(page.locator('main [data-field="assignee"]')).toHaveText(/Rear Admiral Hopper/);
  await page.getByRole('link', { name: 'Back to the queue' }).click();
  await expect(rowOf(page, ticket)).toContainText('Rear Admiral Hopper');
  await api.send('PATCH', `/api/people/${agent.id}`, { name: agent.name });
  await expect(rowOf(page, ticket)).toContainText(agent.name);
  expect((await historyOf(api, ticket)).length).toBe(3);
});
