import { gzipSync } from 'node:zlib';

import { expect, rowOf, test } from './support/desk.js';

/** Of compressed script, until the queue is on the screen. */
const BUDGET_BYTES = 150_000;
const ROWS = /\/api\/tickets\?(?!.*cursor=).*page_size=50/;

test('the queue is shown with at most 150 KB of compressed script, and asks for each thing once', async ({
  page,
  api,
}) => {
  const ticket = await api.create({ title: 'The first to be seen' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('[data-ticket]') === null) return;
      observer.disconnect();
      performance.mark('first row');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await expect(rowOf(page, ticket)).toBeVisible();

  const scripts = await page.evaluate(() => {
    const until = performance.getEntriesByName('first row')[0]!.startTime;
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return files
      .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < until)
      .map(({ name, encodedBodySize }) => ({ name, sent: encodedBodySize }));
  });
  const sizes = await Promise.all(
    scripts.map(async ({ name, sent }) => {
      const body = await (await page.request.get(name)).body();
      return { name, sent, compressed: gzipSync(body).byteLength };
    }),
  );
  const sum = (key: 'sent' | 'compressed') => sizes.reduce((total, size) => total + size[key], 0);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sum('compressed'), JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(BUDGET_BYTES);
  // What the server sends is compressed no worse than that.
  expect(sum('sent')).toBeGreaterThan(0);
  expect(sum('sent')).toBeLessThanOrEqual(sum('compressed'));

  expect(asked.filter((url) => url.endsWith('/api/me'))).toHaveLength(1);
  expect(asked.filter((url) => ROWS.test(url))).toHaveLength(1);
});
