import type { BrowserContext } from '@playwright/test';

/** What it takes until the queue is there, in a browser that has seen nothing of it. */
export interface FirstLoad {
  /** From the navigation until the first row is painted. */
  readonly firstRowMs: number;
  /** Compressed script that came until then, and until nothing came any more. */
  readonly scriptKb: number;
  readonly scriptAtRestKb: number;
}

export async function firstLoadOf(context: BrowserContext): Promise<FirstLoad> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send('Network.enable');
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('[data-ticket]') === null) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark('first-row')));
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto('/', { waitUntil: 'commit' });
  const handle = await page.waitForFunction(() => performance.getEntriesByName('first-row')[0]?.startTime);
  const firstRowMs = (await handle.jsonValue())!;
  const scriptKb = bytes / 1_024;
  await page.waitForLoadState('networkidle');
  const scriptAtRestKb = bytes / 1_024;
  await page.close();
  return { firstRowMs, scriptKb, scriptAtRestKb };
}
