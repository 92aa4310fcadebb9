import type { ClassifyResult } from '#contract/classification';

import { expect, open, test } from './support/desk.js';
import { OPINION } from './support/model.js';

const TEXT = 'I was charged twice for the same invoice and want my money back.';

test('the model suggests, a person may choose otherwise, and the ticket says so', async ({ page, api }) => {
  await open(page, '/submit');
  await page.getByLabel('Title').fill('Charged twice');
  await page.getByLabel('Description').fill(TEXT);
  const suggestion = page.getByTestId('suggestion');
  await expect(suggestion).toContainText('Billing · High');
  await expect(suggestion).toContainText('93% sure');
  await expect(suggestion).toContainText(OPINION.reason);
  await expect(page.getByRole('radio', { name: 'Billing' })).toBeChecked();
  await page.getByText('Medium', { exact: true }).click();
  await page.getByRole('button', { name: 'Submit ticket' }).click();

  const receipt = page.getByTestId('receipt');
  await expect(receipt).toContainText('Ticket received');
  const id = Number(/#(\d+)/.exec((await receipt.textContent()) ?? '')?.[1]);
  expect(await api.get(id)).toMatchObject({
    title: 'Charged twice',
    category: 'billing',
    priority: 'medium',
    classification: { category: OPINION.category, priority: OPINION.priority },
  });
  await receipt.getByRole('button', { name: 'Submit another' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('');
  await expect(page.getByRole('radio', { name: 'Leave it to us' }).first()).toBeChecked();
});

test('without a suggestion the form works all the same', async ({ page, api }) => {
  const fallback: ClassifyResult = {
    category: 'general',
    priority: 'low',
    confidence: null,
    reason: null,
    source: 'fallback',
    model: null,
    latency_ms: null,
    suggestion: 'x',
  };
  await page.route('**/api/tickets/classify', (route) => route.fulfill({ json: fallback }));
  await open(page, '/submit');
  await page.getByLabel('Title').fill('No model today');
  await page.getByLabel('Description').fill(TEXT);
  await expect(page.getByTestId('suggestion')).toContainText('No suggestion right now');
  await page.getByText('Account', { exact: true }).click();
  await page.getByText('Low', { exact: true }).click();
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  const text = await page.getByTestId('receipt').textContent();
  expect(await api.get(Number(/#(\d+)/.exec(text ?? '')?.[1]))).toMatchObject({
    category: 'account',
    priority: 'low',
  });
});

test('a suggestion can be turned down without another choice', async ({ page }) => {
  await open(page, '/submit');
  await page.getByLabel('Title').fill('You know better');
  await page.getByLabel('Description').fill(TEXT);
  await expect(page.getByRole('radio', { name: 'High' })).toBeChecked();
  const left = page.getByRole('group', { name: 'Priority' }).getByRole('radio', { name: 'Leave it to us' });
  await page.getByRole('group', { name: 'Priority' }).getByText('Leave it to us').click();
  await expect(left).toBeChecked();
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/tickets'),
  );
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  const body = (await sent).postDataJSON() as Record<string, unknown>;
  expect(body).toMatchObject({ category: 'billing' });
  expect(body).not.toHaveProperty('priority');
  await expect(page.getByTestId('receipt')).toBeVisible();
});

test('what is seen chosen is sent, also when the text has gone on since', async ({ page }) => {
  await open(page, '/submit');
  await page.getByLabel('Title').fill('Charged twice');
  await page.getByLabel('Description').fill(TEXT);
  await expect(page.getByRole('radio', { name: 'Billing' })).toBeChecked();
  await page.route('**/api/tickets/classify', () => undefined);
  await page.getByLabel('Description').press('!');
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/tickets'));
  await expect(page.getByRole('radio', { name: 'Billing' })).toBeChecked();
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  const body = (await sent).postDataJSON() as Record<string, unknown>;
  expect(body).toMatchObject({ category: OPINION.category, priority: OPINION.priority });
  expect(body).not.toHaveProperty('suggestion');
  await expect(page.getByTestId('receipt')).toBeVisible();
});

test('only the newest text is asked about', async ({ page }) => {
  const asked: unknown[] = [];
  await page.route('**/api/tickets/classify', async (route) => {
    asked.push(route.request().postDataJSON());
    await route.continue();
  });
  await page.clock.install();
  await open(page, '/submit');
  // However long the machine takes for a key, nobody pauses.
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByLabel('Description').pressSequentially(TEXT);
  expect(asked).toEqual([]);
  await page.clock.resume();
  await expect(page.getByTestId('suggestion')).toHaveAttribute('data-phase', 'given');
  expect(asked).toEqual([{ description: TEXT }]);
});

test('what is missing is said at its field', async ({ page }) => {
  await open(page, '/submit');
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  await expect(page.getByText('Please give the ticket a title.')).toBeVisible();
  await expect(page.getByText('Please describe what happened.')).toBeVisible();
  await expect(page.getByLabel('Title')).toBeFocused();
});

test('what is written survives a reload', async ({ page }) => {
  await open(page, '/submit');
  await page.getByLabel('Title').fill('Half written');
  await page.getByLabel('Description').fill('Not yet');
  await page.getByText('Technical', { exact: true }).click();
  await page.reload();
  await expect(page.getByLabel('Title')).toHaveValue('Half written');
  await expect(page.getByLabel('Description')).toHaveValue('Not yet');
  await expect(page.getByRole('radio', { name: 'Technical' })).toBeChecked();
});

test.describe('when the server complains', () => {
  test.use({ tolerated: /status of (400|429)|ERR_FAILED/ });

  test('a field’s fault is shown at the field', async ({ page }) => {
    await page.route('**/api/tickets', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        json: {
          type: 'about:blank',
          title: 'Invalid',
          status: 400,
          detail: 'The body is invalid',
          code: 'invalid',
          errors: [{ field: 'title', message: 'must not shout' }],
        },
      }),
    );
    await open(page, '/submit');
    await page.getByLabel('Title').fill('HELP');
    await page.getByLabel('Description').fill('As above.');
    await page.getByRole('button', { name: 'Submit ticket' }).click();
    await expect(page.getByText('must not shout')).toBeVisible();
    await expect(page.getByLabel('Title')).toBeFocused();
    await expect(page.getByLabel('Title')).toBeEditable();
  });

  test('a limit is told with the time that is left, and the focus stays', async ({ visitor: page }) => {
    // Who is not signed in has no socket, which would be lost where time flies.
    await page.clock.install();
    await page.route(
      '**/api/tickets',
      (route) =>
        route.fulfill({
          status: 429,
          headers: { 'retry-after': '37', 'content-type': 'application/problem+json' },
          json: { type: 'about:blank', title: 'Too many', status: 429, detail: '', code: 'rate_limited' },
        }),
      { times: 1 },
    );
    await page.goto('/submit');
    await page.getByLabel('Title').fill('One of many');
    await page.getByLabel('Description').fill('As above.');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByRole('button', { name: 'Submit ticket' }).press('Enter');
    await expect(page.getByRole('alert')).toContainText('Too many tickets came from here');
    await expect(page.getByRole('timer')).toHaveText(/^in 3[78] s\.$/);
    await expect(page.getByRole('button', { name: 'Submitting…' })).toBeFocused();
    await page.clock.runFor(38_000);
    await expect(page.getByTestId('receipt')).toContainText('One of many');
  });

  test('a suggestion that has expired does not stop the ticket', async ({ page }) => {
    const suggested = { ...OPINION, source: 'model', model: 'm', latency_ms: 1, suggestion: 'expired' };
    await page.route('**/api/tickets/classify', (route) => route.fulfill({ json: suggested }));
    await open(page, '/submit');
    await page.getByLabel('Title').fill('Written for a day');
    await page.getByLabel('Description').fill(TEXT);
    await expect(page.getByRole('radio', { name: 'Billing' })).toBeChecked();
    await page.getByRole('button', { name: 'Submit ticket' }).click();
    await expect(page.getByTestId('receipt')).toContainText('Written for a day');
  });

  test('a lost answer makes no second ticket, not even across a reload', async ({ page, api, word }) => {
    await open(page, '/submit');
    await page.getByLabel('Title').fill(`Once ${word}`);
    await page.getByLabel('Description').fill('As above.');
    await page.getByText('General', { exact: true }).click();
    await page.getByText('Low', { exact: true }).click();
    const opIds: string[] = [];
    let isReloaded = false;
    let lostSince = 0;
    page.on('framenavigated', () => (isReloaded = true));
    await page.route('**/api/tickets', async (route) => {
      opIds.push((route.request().postDataJSON() as { op_id: string }).op_id);
      if (isReloaded && (lostSince += 1) > 1) return route.continue();
      // It arrives and is carried out; the answer does not come back.
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Submit ticket' }).dblclick();
    await expect(page.getByText('No answer from the server yet')).toBeVisible();
    await page.reload();
    await expect(page.getByTestId('receipt')).toContainText(`Once ${word}`);
    expect(new Set(opIds).size).toBe(1);
    expect((await api.list(`search=${word}`)).count).toBe(1);
  });
});
