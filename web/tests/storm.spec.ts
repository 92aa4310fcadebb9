import { expect, open, rowOf, test } from './support/desk.js';

const CHANGES = 400;
const EVERY_MS = 20;

test('in a storm of changes a click opens the row that was seen', async ({ page, api, word }) => {
  test.setTimeout(90_000);
  const tickets = [];
  for (let made = 0; made < 15; made += 1) tickets.push(await api.create({ title: `Storm ${word} ${made}` }));
  await open(page, '/');
  await expect(rowOf(page, tickets[14]!)).toBeVisible();
  let isOver = false;
  const storm = (async () => {
    for (let made = 0; made < CHANGES; made += 1) {
      const { id } = tickets[made % 15]!;
      const change =
        made % 3 === 0
          ? api.create({ title: `Arrival ${word} ${made}` })
          : api.patch(id, { priority: made % 2 === 0 ? 'high' : 'low' });
      await Promise.all([change, new Promise((resolve) => setTimeout(resolve, EVERY_MS))]);
    }
    isOver = true;
  })();
  let opened = 0;
  const rows = page.getByTestId('rows').locator('[data-ticket]');
  while (!isOver) {
    // By coordinates, as a hand does: what is there is read first, the press comes later.
    const row = rows.nth(opened % 8);
    const [id, box] = await Promise.all([row.getAttribute('data-ticket'), row.boundingBox()]);
    await page.mouse.move(box!.x + 200, box!.y + box!.height / 2);
    await page.waitForTimeout(60);
    await page.mouse.click(box!.x + 200, box!.y + box!.height / 2);
    await expect(page).toHaveURL(new RegExp(`ticket=${id}$`));
    opened += 1;
  }
  await storm;
  expect(opened).toBeGreaterThan(10);
});
