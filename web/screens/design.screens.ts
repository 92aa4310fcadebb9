import { createServer } from 'vite';

import { screen } from './screen.js';

screen('design', async ({ page, snap, desk }) => {
  screen.slow();
  // There only where the desk is built, not where it runs.
  process.env.API_URL = desk;
  const root = new URL('..', import.meta.url).pathname;
  await using stack = new AsyncDisposableStack();
  const server = await createServer({ root, server: { port: 0 }, logLevel: 'error' });
  stack.defer(() => server.close());
  await server.listen();
  await page.goto(`${server.resolvedUrls!.local[0]}design`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const sheet = page.locator('main');
  await sheet.waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({
      width: page.viewportSize()!.width,
      height: await sheet.evaluate((main) => Math.ceil(main.scrollHeight) + 64),
    });
    await snap(`design-${colorScheme}`);
  }
});
