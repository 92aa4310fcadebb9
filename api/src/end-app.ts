import type { NestExpressApplication } from '@nestjs/platform-express';

import { RunningRequests } from './lifecycle/running-requests.js';
import { Shutdown } from './lifecycle/shutdown.js';
import { withTimeout } from './lifecycle/with-timeout.js';
import { SocketDrain } from './realtime/socket-drain.js';

/** What has no answer by then gets none. */
const DRAIN_WITHIN_MS = 6_000;

/**
 * Ends an application that listens: it is not ready any more and takes no more connections, answers what it was
 * asked, closes its sockets little by little, and only then everything behind them.
 * @param running of its server
 */
export async function endApp(app: NestExpressApplication, running: RunningRequests): Promise<void> {
  app.get(Shutdown).begin();
  const drained = Promise.all([running.end(), app.get(SocketDrain).run()]);
  await withTimeout(drained, DRAIN_WITHIN_MS, undefined);
  await app.close();
}
