import { loadavg } from 'node:os';

import { test, type Page } from '@playwright/test';
import pg from 'pg';

import { Api, expectLive } from '../tests/support/desk.js';
import { startModel } from '../tests/support/model.js';
import { ADMIN, cookiesOf, signIn } from '../tests/support/people.js';
import { startDesk } from '../tests/support/start-desks.js';
import { firstLoadOf, type FirstLoad } from './first-load.js';
import { KEYS, pressAll } from './keys.js';
import { bySql, byRest, Storm, type Writes } from '../tests/support/storm.js';
import { CATEGORIES, quantile, read, type Recorded } from './trace.js';

const SIZES = (process.env.BENCH_SIZES ?? '2000,100000').split(',').map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 12);
const PER_SECOND = 50;
const LOADS = 5;
/** How long the pointer rests on a row while the storm goes over the list. */
const REST_MS = 10_000;
const LOOK_EVERY_MS = 100;
const LAST_PAINT_MS = 1_000;

const FILL = `
  insert into ticket (title, description, category, priority, status, created_at)
  select 'Ticket ' || n, 'The description of ticket ' || n || '.',
         (array['billing', 'technical', 'account', 'general'])[1 + n % 4],
         (array['low', 'medium', 'high', 'critical'])[1 + n / 4 % 4],
         (array['open', 'in_progress', 'resolved', 'closed'])[1 + n / 16 % 4],
         now() - ($1 - n) * interval '3 minutes'
  from generate_series(1, $1::int) n`;

for (const size of SIZES) {
  test(`${size} tickets`, async ({ browser }) => {
    await using stack = new AsyncDisposableStack();
    const model = stack.adopt(await startModel(), ({ close }) => close());
    const desk = stack.adopt(await startDesk(model.url), ({ stop }) => stop());
    const pool = stack.adopt(new pg.Pool({ ...desk.database, max: 8 }), (open) => open.end());
    await pool.query(FILL, [size]);
    await pool.query('vacuum analyze');
    const admin = await signIn(desk.url, ADMIN);
    const api = new Api(desk.url, admin);
    const baseURL = desk.url.replace('127.0.0.1', 'localhost');
    const newContext = async () =>
      stack.adopt(
        await browser.newContext({ baseURL, storageState: { cookies: cookiesOf(admin), origins: [] } }),
        (context) => context.close(),
      );
    say(`\n${size.toLocaleString('en')} tickets`);
    const loads: FirstLoad[] = [];
    for (let load = 0; load < LOADS; load += 1) loads.push(await firstLoadOf(await newContext()));
    const medianOf = (name: keyof FirstLoad) =>
      quantile(
        loads.map((load) => load[name]),
        0.5,
      );
    say(
      `first row      ${shown(medianOf('firstRowMs'))} ms (median of ${LOADS}), ` +
        `script ${shown(medianOf('scriptKb'))} KB until then, ${shown(medianOf('scriptAtRestKb'))} KB at rest`,
    );
    const page = await (await newContext()).newPage();
    for (const [name, writes] of [
      ['no storm', undefined],
      ['by REST', byRest(api)],
      ['by plain SQL', bySql(pool)],
    ] as const) {
      await page.goto('/');
      await expectLive(page);
      await page.waitForLoadState('networkidle');
      await measure(page, name, writes);
    }
  });
}

async function measure(page: Page, name: string, writes: Writes | undefined): Promise<void> {
  const rows = page.getByTestId('rows').locator('[data-ticket]');
  await rows.first().waitFor();
  const ids = (await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-ticket')))).map(
    Number,
  );
  const storm = writes && new Storm(writes, ids, PER_SECOND);
  const browser = page.context().browser()!;
  const box = (await rows.nth(6).boundingBox())!;
  const at = [box.x + 200, box.y + box.height / 2] as const;
  await page.mouse.move(...at);
  storm?.begin();
  const begun = performance.now();
  await browser.startTracing(page, { categories: CATEGORIES });
  const looks = await page.evaluate(lookAtRow, { at, forMs: REST_MS, everyMs: LOOK_EVERY_MS });
  const rest = read(await browser.stopTracing());
  await browser.startTracing(page, { categories: CATEGORIES });
  const pressed: (string | undefined)[] = [];
  for (let round = 0; round < ROUNDS; round += 1) pressed.push(...(await pressAll(page)));
  // What the last key brought is painted, too.
  await page.waitForTimeout(LAST_PAINT_MS);
  const work = read(await browser.stopTracing());
  const perSecond = ((storm?.made ?? 0) * 1_000) / (performance.now() - begun);
  await storm?.stop();
  say(
    `${name}: ${shown(perSecond)} changes/s, load of the machine ${loadavg()[0]!.toFixed(1)}\n` +
      `  row under the pointer: ${looks.others} of ${looks.all} looks saw another or moved\n` +
      `  pointer at rest: ${framesOf(rest)}\n` +
      `  keys pressed:    ${framesOf(work)}`,
  );
  if (work.keys.length !== pressed.length) {
    say(`  ${work.keys.length} keys were recorded of ${pressed.length} pressed: no figures for keys`);
    return;
  }
  say(`  key to paint, ms (p50 p99): ${keysOf(pressed, work.keys)}`);
}

/** Whether the same row stays at a point, in the page. */
async function lookAtRow({
  at: [x, y],
  forMs,
  everyMs,
}: {
  at: readonly [number, number];
  forMs: number;
  everyMs: number;
}): Promise<{ all: number; others: number }> {
  const look = () => {
    const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-ticket]');
    return `${row?.dataset.ticket} ${row?.getBoundingClientRect().y}`;
  };
  const first = look();
  let [all, others] = [0, 0];
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    all += 1;
    if (look() !== first) others += 1;
  }
  return { all, others };
}

const framesOf = ({ frames, dropped, tasks, work }: Recorded) =>
  `${frames.length} frames, ${((100 * dropped) / (frames.length + dropped)).toFixed(2)}% dropped, ` +
  `frame p50 ${shown(quantile(frames, 0.5))} p99 ${shown(quantile(frames, 0.99))} ms, ` +
  `longest task ${shown(Math.max(...tasks))} ms, on the processor ${shown(Math.max(...work))} ms; ` +
  `${shown(work.reduce((sum, ms) => sum + ms, 0))} ms of work in all`;

const keysOf = (pressed: readonly (string | undefined)[], keys: readonly number[]) =>
  KEYS.map((key) => {
    const values = keys.filter((_, index) => pressed[index] === key);
    return `${key} ${shown(quantile(values, 0.5))} ${shown(quantile(values, 0.99))}`;
  }).join(' · ');

const shown = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const say = (line: string) => console.log(line);
