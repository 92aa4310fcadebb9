import type { Page } from '@playwright/test';

/**
 * Holds the changes of tickets that a page makes back, until others' are in. What it reads goes on: it may read a
 * ticket again at any time.
 *
 * @returns how to let them go
 */
export async function holdPatches(page: Page): Promise<() => void> {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route(/\/api\/tickets\/\d+$/, async (route) => {
    if (route.request().method() === 'PATCH') await held;
    await route.fallback();
  });
  return release;
}
