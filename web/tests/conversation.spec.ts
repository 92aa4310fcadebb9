import { expect, open, test } from './support/desk.js';
import { commentsOf, expectStoredRefusals, messages, say, writer } from './support/talk.js';

test('a reply and a note are told apart, live, and by more than colour', async ({
  page,
  api,
  colleague,
  agent,
}) => {
  const ticket = await api.create({ title: 'Talked about' });
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByText('Nobody has written yet.')).toBeVisible();
  const reply = await writer(page, 'Reply');
  await reply.fill('Dear customer');
  await reply.press('Control+Enter');
  await expect(reply).toHaveValue('');
  await expect(reply).toBeFocused();
  await expect(messages(page)).toHaveCount(1);
  await expect(messages(page).first()).toContainText('Public reply');
  await say(colleague.api, ticket, 'Only for us', true);
  await expect(messages(page).last()).toContainText('Internal note');
  await expect(messages(page).last()).toContainText(agent.name);
  await expect
    .poll(() => commentsOf(api, ticket))
    .toMatchObject([
      { body: 'Dear customer', internal: false },
      { body: 'Only for us', internal: true },
    ]);
  await expect(page.getByTestId('history')).toContainText(`${agent.name} left a note`);
});

test('who left no address is not written to', async ({ page, api }) => {
  const requester = { name: 'Ada Requester', email: 'ada@requester.test' };
  const known = await api.create({ title: 'Somebody', requester });
  const unknown = await api.create({ title: 'Nobody in particular' });
  await open(page, `/tickets/${known.id}`);
  await expect(page.getByPlaceholder('Write to the requester…')).toBeVisible();
  await page.goto(`/tickets/${unknown.id}`);
  await expect(page.getByPlaceholder('this requester left no address')).toBeVisible();
});

test('each kind has a draft of its own, kept over tickets and reloads', async ({ page, api }) => {
  const [one, other] = [await api.create({ title: 'One' }), await api.create({ title: 'Other' })];
  await open(page, `/tickets/${one.id}`);
  await (await writer(page, 'Reply')).fill('  a reply,\n half ');
  await (await writer(page, 'Internal note')).fill('a note, half');
  await open(page, `/tickets/${other.id}`);
  await expect(await writer(page, 'Reply')).toHaveValue('');
  await open(page, `/tickets/${one.id}`);
  await expect(await writer(page, 'Reply')).toHaveValue('  a reply,\n half ');
  await page.reload();
  await expect(await writer(page, 'Internal note')).toHaveValue('a note, half');
  expect(await commentsOf(api, one)).toEqual([]);
});

test('web addresses are links that tell nobody where they were; all else is text', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Linked', description: 'At https://a.test/x?y=1.' });
  const body = 'See https://b.test/z, <a href="https://evil.test">this</a> and javascript:alert(1)';
  await say(api, ticket, body);
  await open(page, `/tickets/${ticket.id}`);
  const links = page.getByTestId('description').getByRole('link');
  await expect(links).toHaveAttribute('href', 'https://a.test/x?y=1');
  await expect(links).toHaveAttribute('rel', /noopener noreferrer/);
  await expect(messages(page).first()).toContainText(body);
  const hrefs = await messages(page)
    .first()
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(hrefs).toEqual(['https://b.test/z', 'https://evil.test']);
});

test.describe('a refused reply', () => {
  test.use({ tolerated: /status of 4\d\d/ });

  test('stays, over a reload too, and is sent again or discarded', async ({ page, api }) => {
    const ticket = await api.create({ title: 'Refused' });
    await open(page, `/tickets/${ticket.id}`);
    await page.route('**/comments', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const problem = {
        type: 'about:blank',
        title: 'No',
        status: 400,
        detail: 'Not like this.',
        code: 'invalid',
      };
      await route.fulfill({ status: 400, contentType: 'application/problem+json', json: problem });
    });
    for (const body of ['first', 'second']) {
      const reply = await writer(page, 'Reply');
      await reply.fill(body);
      await reply.press('Control+Enter');
    }
    await expect(page.getByText('Not sent: Not like this.')).toHaveCount(2);
    await expectStoredRefusals(page, 2);
    await page.unroute('**/comments');
    await page.reload();
    await expect(page.getByText('Not sent: Not like this.')).toHaveCount(2);
    await messages(page).filter({ hasText: 'second' }).getByRole('button', { name: 'Discard' }).click();
    await messages(page).filter({ hasText: 'first' }).getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByText('Not sent')).toHaveCount(0);
    await expect(messages(page)).toHaveCount(1);
    await expect.poll(() => commentsOf(api, ticket)).toMatchObject([{ body: 'first' }]);
  });
});

test('the counter appears near the limit, and too much is not sent', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Long' });
  await open(page, `/tickets/${ticket.id}`);
  const reply = await writer(page, 'Reply');
  await reply.fill('x'.repeat(20_001));
  await expect(page.getByText('1 too many')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send reply' })).toBeDisabled();
  await reply.fill('x'.repeat(19_990));
  await expect(page.getByText('10 left')).toBeVisible();
});

test('500 messages: the newest at once, the rest when asked, and word of a new one', async ({
  page,
  api,
  colleague,
}) => {
  test.slow();
  const ticket = await api.create({ title: 'Much said' });
  for (let at = 0; at < 500; at += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, n) => say(api, ticket, `Message ${at + n}`)));
  }
  await open(page, `/tickets/${ticket.id}`);
  await expect(messages(page)).toHaveCount(30);
  await expect(page.getByRole('button', { name: 'Show 470 earlier messages' })).toBeVisible();
  await page.getByRole('button', { name: '500 messages: go to the latest' }).click();
  await expect(messages(page).last()).toContainText('Message 49');
  await expect(messages(page).last()).toBeInViewport({ ratio: 1 });
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  // The page has seen that its reader went away from the end.
  await expect(page.getByRole('button', { name: 'Latest message', exact: true })).toBeVisible();
  await say(colleague.api, ticket, 'The newest');
  const arrived = page.getByRole('button', { name: '1 new message' });
  await arrived.click();
  await expect(messages(page).last()).toContainText('The newest');
  await expect(messages(page).last()).toBeInViewport();
  await expect(arrived).toHaveCount(0);
  for (let left = 471; left > 0; left -= 100) {
    await page.getByRole('button', { name: /Show .* earlier/ }).click();
  }
  await expect(messages(page)).toHaveCount(501);
});

test('the history leads to a message that is not shown yet', async ({ page, api }) => {
  const ticket = await api.create({ title: 'Long' });
  for (let count = 1; count <= 35; count += 1) await say(api, ticket, `Message ${count}.`);
  await open(page, `/tickets/${ticket.id}`);
  await expect(messages(page)).toHaveCount(30);
  const history = page.getByTestId('history');
  await history.getByRole('button', { name: 'Load older' }).click();
  await history.getByRole('listitem').filter({ hasText: '“Message 1.”' }).getByRole('button').click();
  await expect(messages(page)).toHaveCount(35);
  await expect(messages(page).filter({ hasText: 'Message 1.' })).toBeInViewport({ ratio: 1 });
});
