import pg from 'pg';

import { expect, open, openBeside, test, type Api } from './support/desk.js';
import { bySql, byRest, Storm, type Writes } from './support/storm.js';

const CLICKS = 10;
const CHANGES_A_CLICK = 20;
const PER_SECOND = 50;

/** The database of this worker's desk. */
const poolOf = (worker: number) =>
  new pg.Pool({ ...(JSON.parse(process.env.E2E_DATABASES!) as pg.PoolConfig[])[worker], max: 4 });

for (const [way, writesOf] of [
  ['by REST', (api: Api) => byRest(api)],
  ['by plain SQL', (_api: Api, pool: pg.Pool) => bySql(pool)],
] as const) {
  test(`in a storm of changes ${way} a click opens the row that was seen`, async ({ page, api, word }) => {
    test.slow();
    await using stack = new AsyncDisposableStack();
    const pool = stack.adopt(poolOf(test.info().parallelIndex), (opened) => opened.end());
    const writes: Writes = writesOf(api, pool);
    const tickets = [];
    for (let made = 0; made < 15; made += 1)
      tickets.push(await api.create({ title: `Storm ${word} ${made}` }));
    await open(page, '/');
    // The first ticket takes the list its room: where the rows are then is where they must stay.
    await openBeside(page, tickets[14]!);
    const storm = new Storm(
      writes,
      tickets.map(({ id }) => id),
      PER_SECOND,
    );
    const rows = page.getByTestId('rows').locator('[data-ticket]');
    for (let opened = 0; opened < CLICKS; opened += 1) {
      // By coordinates, as a hand does: what is there is read first, the press comes later.
      const row = rows.nth((opened + 1) % 8);
      const [id, box] = await Promise.all([row.getAttribute('data-ticket'), row.boundingBox()]);
      const gust = storm.gust(CHANGES_A_CLICK);
      await page.mouse.move(box!.x + 200, box!.y + box!.height / 2);
      await page.waitForTimeout(60);
      await page.mouse.click(box!.x + 200, box!.y + box!.height / 2);
      await expect(page).toHaveURL(new RegExp(`ticket=${id}$`));
      await gust;
    }
    // The storm was there to be seen.
    await expect(page.getByRole('button', { name: /^\d+ new/ })).toBeVisible();
  });
}
