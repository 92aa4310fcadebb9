import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { test as base } from '../tests/support/desk.js';
import { ADMIN, cookiesOf, signIn } from '../tests/support/people.js';
import { FOLDER } from './folder.js';
import { AMARA, GRACE } from './people.js';

type Shoot = (name: string, page?: Page) => Promise<void>;

interface Fixtures {
  /** Takes a page as it is. */
  snap: Shoot;
  /** Takes a page in both themes. */
  shoot: Shoot;
  /** A page of a desk that nobody has written to yet, signed in. */
  nothing: Page;
}

/** A browser on the demo's desk: `page` is its administrator's, `colleague` an agent. */
export const screen = base.extend<Fixtures>({
  // The screens that tell of failures are pictured, too.
  tolerated: /(?:)/,
  admin: [async ({ desk }, use) => use(await signIn(desk, AMARA)), { scope: 'worker' }],
  agent: [async ({ desk }, use) => use(await signIn(desk, GRACE)), { scope: 'worker' }],
  snap: async ({ page: own }, use, { project }) => {
    await use(async (name, page = own) => {
      await settle(page);
      await page.screenshot({ path: join(FOLDER, project.name, `${name}.png`) });
    });
  },
  shoot: async ({ page: own, snap }, use) => {
    await use(async (name, page = own) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await snap(`${name}-${colorScheme}`, page);
      }
      await page.emulateMedia({ colorScheme: 'light' });
    });
  },
  nothing: async ({ browser }, use) => {
    const url = process.env.EMPTY_DESK!;
    const person = await signIn(url, ADMIN);
    const storageState = { cookies: cookiesOf(person), origins: [] };
    const context = await browser.newContext({
      baseURL: url.replace('127.0.0.1', 'localhost'),
      storageState,
    });
    await use(await context.newPage());
    await context.close();
  },
});

/** Waits until fonts are there and what moves has come to rest; what never ends, like a spinner, may go on. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const passing = document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) < Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}
