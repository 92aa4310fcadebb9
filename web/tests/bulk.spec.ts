import type { Ticket } from '#contract/ticket';

import { choose, expect, expectLive, fieldOf, open, rowOf, test } from './support/desk.js';
import { holdPatches } from './support/hold.js';

// What somebody has touched since is refused to be taken back.
test.use({ tolerated: /status of 4(09|22)/ });

test('many are changed at once, with a preview, and taken back at once', async ({ page, api, word }) => {
  const tickets: Ticket[] = [];
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
  await expect(dialog).toContainText('5 tickets change. 1 already has it.');
  await dialog.getByRole('button', { name: 'Change them' }).click();
  const done = page.getByText('5 tickets: status set to Resolved');
  // It stays for as long as the pointer is on it.
  await done.hover();
  for (const ticket of tickets) await expect(fieldOf(rowOf(page, ticket), 'status')).toHaveText('Resolved');
  // One is touched meanwhile: it stays.
  await api.patch(tickets[3]!.id, { status: 'closed' });
  await expect(fieldOf(rowOf(page, tickets[3]!), 'status')).toHaveText('Closed');
  // A change after it is an act of its own, and comes first.
  await page.keyboard.press('p');
  await page.getByRole('menuitemradio', { name: 'Critical' }).press('Enter');
  await expect.poll(async () => (await api.get(tickets[5]!.id)).priority).toBe('critical');
  await page.keyboard.press('z');
  await expect(page.getByText(`#${tickets[5]!.id}: change taken back`)).toBeVisible();
  await expect(done).toBeVisible();
  await page.keyboard.press('Control+z');
  const told = page.locator('[data-sonner-toast]').filter({ hasText: '4 changes taken back' });
  await expect(told).toContainText(`#${tickets[3]!.id} was changed since and stays.`);
  await expect(done).toHaveCount(0);
  await expect(fieldOf(rowOf(page, tickets[5]!), 'status')).toHaveText('Open');
  await expect(fieldOf(rowOf(page, tickets[3]!), 'status')).toHaveText('Closed');
});

test('of many, those that others changed meanwhile are told one by one, and decided', async ({
  page,
  api,
  colleague,
  agent,
  word,
}) => {
  const tickets = [];
  for (let made = 0; made < 5; made += 1) tickets.push(await api.create({ title: `${made} ${word}` }));
  const [mine, theirs, alsoTheirs, refused, calm] = tickets as [Ticket, Ticket, Ticket, Ticket, Ticket];
  await open(page, `/?search=${word}`);
  await expect(rowOf(page, calm)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('s');
  const release = await holdPatches(page);
  const ofRefused = `**/api/tickets/${refused.id}`;
  const problem = { status: 422, code: 'refused', title: 'Not today' };
  await page.route(ofRefused, (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  const dialog = page.getByTestId('bulk-dialog');
  // The last to be asked for, once one of the four before it was refused: all are on their way.
  const asked = page.waitForRequest(
    (request) => request.method() === 'PATCH' && request.url().endsWith(`/${mine.id}`),
  );
  await dialog.getByRole('button', { name: 'Change them' }).click();
  await asked;
  for (const { id } of [mine, theirs, alsoTheirs]) await colleague.api.patch(id, { status: 'closed' });
  release();

  await expect(dialog).toContainText('4 tickets were not changed');
  const line = ({ id }: { id: number }) => dialog.getByRole('listitem').filter({ hasText: `#${id}` });
  for (const one of [mine, theirs, alsoTheirs]) {
    await expect(line(one)).toContainText(`${agent.name} has set it to Closed meanwhile.`);
  }
  await line(mine).getByRole('button', { name: 'Keep mine' }).click();
  await expect(line(mine)).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Take theirs for all' }).click();
  // What was refused for a reason of its own is nobody's, and stays to be tried again.
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await expect(line(refused)).toBeVisible();
  await page.unroute(ofRefused);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toHaveCount(0);
  for (const [{ id }, status] of [
    [mine, 'resolved'],
    [theirs, 'closed'],
    [alsoTheirs, 'closed'],
    [refused, 'resolved'],
    [calm, 'resolved'],
  ] as const) {
    await expect.poll(async () => (await api.get(id)).status).toBe(status);
  }
});

test('what somebody changes before its turn comes is not written over, what they change before the word is', async ({
  page,
  api,
  colleague,
  agent,
  word,
}) => {
  const tickets = [];
  for (let made = 0; made < 6; made += 1) tickets.push(await api.create({ title: `${made} ${word}` }));
  const [late, , , , , early] = tickets as [Ticket, Ticket, Ticket, Ticket, Ticket, Ticket];
  await open(page, `/?search=${word}`);
  await open(colleague.page, `/?search=${word}`);
  for (const one of [page, colleague.page]) await expect(rowOf(one, early)).toBeVisible();
  const changes = (ticket: Ticket, to: string) =>
    choose(fieldOf(rowOf(colleague.page, ticket), 'status'), to);
  await page.keyboard.press('j');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  const dialog = page.getByTestId('bulk-dialog');
  await expect(dialog).toContainText('6 × Open');
  // The preview stays true as long as it is open.
  await changes(early, 'Closed');
  await expect(dialog).toContainText('5 × Open');
  await expect(dialog).toContainText('1 × Closed');

  const asked: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') asked.push(Number(request.url().split('/').at(-1)));
  });
  const release = await holdPatches(page);
  await dialog.getByRole('button', { name: 'Change them' }).click();
  await expect.poll(() => asked.length).toBe(4);
  expect(asked).not.toContain(late.id);
  await changes(late, 'In progress');
  // It is known here before the turn of the ticket comes.
  await expect(fieldOf(rowOf(page, late), 'status')).toHaveText('In progress');
  release();

  await expect(dialog).toContainText('1 ticket was not changed');
  const line = dialog.getByRole('listitem').filter({ hasText: `#${late.id}` });
  await expect(line).toContainText(`${agent.name} has set it to In progress meanwhile.`);
  expect((await api.get(late.id)).status).toBe('in_progress');
  await line.getByRole('button', { name: 'Take theirs' }).click();
  await expect(dialog).toHaveCount(0);
  for (const { id } of tickets) {
    const status = id === late.id ? 'in_progress' : 'resolved';
    await expect.poll(async () => (await api.get(id)).status).toBe(status);
  }
});

test.describe('without a connection', () => {
  test.use({ tolerated: /ERR_|WebSocket|Failed to (load|fetch)/ });

  test('many wait to be sent, and are given up at once', async ({ page, api, wire, word }) => {
    const tickets: Ticket[] = [];
    for (let made = 0; made < 6; made += 1) tickets.push(await api.create({ title: `Kept ${word} ${made}` }));
    await open(page, `/?search=${word}`);
    await expect(rowOf(page, tickets[5]!)).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('Control+a');
    wire.cut();
    await page.keyboard.press('s');
    await page.getByRole('menuitem', { name: 'Resolved' }).click();
    await page.getByTestId('bulk-dialog').getByRole('button', { name: 'Change them' }).click();
    await expect(page.getByText('6 are kept here, and sent when the connection is back.')).toBeVisible();
    await expect(page.getByTestId('bulk-dialog')).toHaveCount(0);
    await expect(fieldOf(rowOf(page, tickets[0]!), 'status')).toHaveText('Resolved');
    await page.keyboard.press('z');
    await expect(page.getByText('6 changes are no longer waiting to be sent')).toBeVisible();
    await expect(fieldOf(rowOf(page, tickets[0]!), 'status')).toHaveText('Open');
    wire.mend();
    await expectLive(page);
    for (const { id } of tickets) expect(await api.get(id)).toMatchObject({ status: 'open', version: 1 });
  });
});

test('all that match are selected, also what is not loaded', async ({ page, api, word }) => {
  const all = 160;
  for (let made = 0; made < all; made += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, n) => api.create({ title: `${made + n} ${word}` })));
  }
  await open(page, `/?search=${word}`);
  await expect(page.getByText(`${all} tickets`)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByTestId('bulk');
  await bar.getByRole('button', { name: /^Select all \d+ loaded$/ }).click();
  await bar.getByRole('button', { name: `Select all ${all} that match` }).click();
  await expect(bar).toContainText(`${all} selected`);
  // The bar hides no row, the last one neither.
  await page.keyboard.press('End');
  const last = page.locator(`[aria-rowindex="${all + 1}"]`);
  await expect(last).toHaveAttribute('data-current', 'true');
  const [row, over] = [(await last.boundingBox())!, (await bar.boundingBox())!];
  expect(row.y + row.height).toBeLessThanOrEqual(over.y);
  await page.keyboard.press('p');
  await page.getByRole('menuitem', { name: 'Critical' }).click();
  const dialog = page.getByTestId('bulk-dialog');
  await expect(dialog).toContainText(`${all} tickets: priority → Critical`);
  await expect(dialog).toContainText(`${all} × Low`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});
