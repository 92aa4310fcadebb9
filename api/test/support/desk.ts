import type { AddressInfo } from 'node:net';

import type { NestExpressApplication } from '@nestjs/platform-express';

import { type AppOptions, createApp } from '../../src/app.js';
import { FirstAdmin } from '../../src/auth/first-admin.js';
import { readEnvironment } from '../../src/config/environment.js';
import type { DatabaseConnection } from '../../src/database/connection.js';
import type { EventLogOptions } from '../../src/event-log/event-log.options.js';

export interface Desk {
  readonly app: NestExpressApplication;
  /** Of the link that the console would show; null when there is an administrator. */
  readonly setUpToken: string | null;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Tests come from one address, and faster than people. */
const UNLIMITED = {
  RATE_LIMIT_SIGN_IN: '100000',
  RATE_LIMIT_CREATE: '100000',
  RATE_LIMIT_CLASSIFY: '100000',
  RATE_LIMIT_TOKEN: '100000',
};

/** As long as a busy machine takes: who reads after a write is to find it however late its timers are. */
const SETTLE_MS = 10_000;

/** Starts the real app on a migrated database, listening on a free port of the loopback. */
export async function startDesk(
  connection: DatabaseConnection,
  settings: NodeJS.ProcessEnv = {},
  eventLog: Partial<EventLogOptions> = {},
  options: Pick<AppOptions, 'databaseLimits' | 'rateLimitWindow' | 'webFolder'> = {},
): Promise<Desk> {
  const environment = readEnvironment({ LOG_LEVEL: 'silent', ...UNLIMITED, ...settings });
  // The test server runs without fsync: its data is thrown away.
  const app = await createApp(environment, connection, {
    ...options,
    eventLog: { fsyncMayBeOff: true, settleMs: SETTLE_MS, ...eventLog },
  });
  const { setUpToken } = await app.get(FirstAdmin).atStart();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, setUpToken, url: `http://127.0.0.1:${port}`, stop: () => app.close() };
}
