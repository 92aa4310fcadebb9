import type { FullConfig } from '@playwright/test';

import { startProcess } from '../tests/support/desk-process.js';
import { startModel } from '../tests/support/model.js';
import { startDesk } from '../tests/support/start-desks.js';
import { AMARA, PASSWORD } from './people.js';

/** Starts a desk with the demo's data for all workers, and one with nothing in it. Returns how to end them. */
export default async function startDemo({ workers }: FullConfig): Promise<() => Promise<void>> {
  const model = await startModel();
  const [demo, empty] = await Promise.all([
    startProcess('demo/main.js', model.url, { ADMIN_EMAIL: AMARA.email, ADMIN_PASSWORD: PASSWORD }),
    startDesk(model.url),
  ]);
  process.env.E2E_DESKS = Array.from({ length: workers }, () => demo.url).join();
  process.env.EMPTY_DESK = empty.url;
  return async () => {
    await Promise.all([demo.stop(), empty.stop()]);
    model.close();
  };
}
