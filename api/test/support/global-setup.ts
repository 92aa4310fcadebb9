import './typescript-imports.js';

import type { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { makeTemplate, startTestServer, TEST_SERVER } from './test-server.js';

declare global {
  /** Left by the set-up for the tear-down. */
  var stopTestServer: EmbeddedPostgres['stop'] | undefined;
}

/** Starts the run's PostgreSQL. It ends with jest, even one that is killed. */
export default async function setUp(): Promise<void> {
  const { connection, superuser, stop } = await startTestServer();
  globalThis.stopTestServer = stop;
  try {
    await makeTemplate({ connection, superuser });
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[TEST_SERVER] = JSON.stringify({ connection, superuser });
}
