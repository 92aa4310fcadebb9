import pg from 'pg';

import { expect, open, rowOf, test, type Api } from './support/desk.js';
import { bySql, byRest, Storm, type Writes } from './support/storm.js';

const CHANGES = 200;
const PER_SECOND = 50;
const CLICKS = 10;

/** The database of this worker's desk. */
const poolOf = (worker: number) =>
  new pg.Pool({ ...(JSON.parse(process.env.E2E_DATABASES!) as pg.PoolConfig[])[worker], max: 4 });

for (const [way, writesOf] of [
  ['by REST', (api: Api) => byRest(api)],
  ['by plain SQL', (_api: Api, pool: pg.Pool) => bySql(pool)],
] as const) {
  test(`in a storm of changes ${way} a click opens the row that was seen`, async ({ page, api, word }) => {
    test.setTimeout(60_000);
    await using stack = new AsyncDisposableStack();
    const pool = stack.adopt(poolOf(test.info().parallelIndex), (opened) => opened.end());
    const writes: Writes = writesOf(api, pool);
    const tickets = [];
    for (let made = 0; made < 15; made += 1)
      tickets.push(await api.create({ title: `Storm ${word} ${made}` }));
    await open(page, '/');
    await expect(rowOf(page, tickets[14]!)).toBeVisible();
    const storm = new Storm(
      writes,
      tickets.map(({ id }) => id),
      PER_SECOND,
    );
    storm.begin();
    let opened = 0;
    const rows = page.getByTestId('rows').locator('[data-ticket]');
    while (storm.made < CHANGES || opened < CLICKS) {
      // By coordinates, as a hand does: what is there is read first, the press comes later.
      const row = rows.nth(opened % 8);
      const [id, box] = await Promise.all([row.getAttribute('data-ticket'), row.boundingBox()]);
      await page.mouse.move(box!.x + 200, box!.y + box!.height / 2);
      await page.waitForTimeout(60);
      await page.mouse.click(box!.x + 200, box!.y + box!.height / 2);
      await expect(page).toHaveURL(new RegExp(`ticket=${id}$`));
      opened += 1;
    }
    await storm.stop();
    // The storm was there to be seen.
    await expect(page.getByRole('button', { name: /^\d+ new/ })).toBeVisible();
  });
}
