import { expect, open, rowOf, test } from './support/desk.js';
import { rewrite, writer } from './support/talk.js';
import { Wire } from './support/wire.js';

test('who looks and who writes where is seen on the ticket and in the queue', async ({
  page,
  api,
  colleague,
  agent,
}) => {
  const ticket = await api.create({ title: 'Looked at' });
  await open(page, '/');
  await open(colleague.page, `/tickets/${ticket.id}`);
  const face = rowOf(page, ticket).getByTestId('faces');
  await expect(face).toHaveAccessibleName(`Also here: ${agent.name}`);
  await expect(face).toHaveAttribute('title', `${agent.name} is looking at this`);

  await rewrite(colleague.page, 'title');
  await expect(face).toHaveAttribute('title', `${agent.name} is at the title`);
  await rowOf(page, ticket).getByRole('link').click();
  const beside = page.locator('[data-text="title"]').getByTestId('faces');
  await expect(beside).toHaveAccessibleName(`Also here: ${agent.name}`);
  await (await writer(colleague.page, 'Internal note')).fill('…');
  await expect(page.getByTestId('composer').getByTestId('faces')).toHaveAttribute(
    'title',
    `${agent.name} is writing a note`,
  );
  await expect(beside).toHaveCount(0);

  await colleague.page.close();
  await expect(page.getByTestId('faces')).toHaveCount(0);
});

test('nothing moves when somebody comes', async ({ page, api, colleague }) => {
  const ticket = await api.create({ title: 'Still '.repeat(30) });
  await open(page, '/');
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[role="row"] > *')].map((cell) => {
        const { x, y, width, height } = cell.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
  await expect(rowOf(page, ticket)).toBeVisible();
  const before = await places();
  await open(colleague.page, `/tickets/${ticket.id}`);
  await expect(rowOf(page, ticket).getByTestId('faces')).toBeVisible();
  expect(await places()).toEqual(before);
});

test('a frozen wire is gone within 30 s', async ({ page, api, desk, agent, contextOf }) => {
  test.setTimeout(90_000);
  const ticket = await api.create({ title: 'Frozen' });
  const wire = new Wire(desk);
  const address = await wire.open();
  const frozen = await (await contextOf(agent)).newPage();
  await open(frozen, `${address}/tickets/${ticket.id}`);
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByTestId('faces').first()).toBeVisible();
  wire.freeze();
  await expect(page.getByTestId('faces')).toHaveCount(0, { timeout: 40_000 });
  await frozen.close();
  wire.close();
});
