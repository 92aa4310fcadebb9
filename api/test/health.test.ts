import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Ready } from '../src/contract/health.js';
import { Shutdown } from '../src/lifecycle/shutdown.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { RestClient } from './support/rest-client.js';
import { type SeverableConnection, severable } from './support/severable-connection.js';

/** Nobody listens at the discard port. */
const NO_REDIS = 'redis://127.0.0.1:9';

describe('health', () => {
  let database: TestDatabase;
  let way: SeverableConnection;
  let desk: Desk;
  let nobody: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    way = await severable(database.connection);
    desk = await startDesk(way.connection, { REDIS_URL: NO_REDIS });
    nobody = new RestClient(desk.url, {});
  });
  afterAll(async () => {
    await desk.stop();
    await way[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  const ready = () => nobody.get<Ready>('/api/health/ready');

  it('is ready without Redis, and says that it is degraded', async () => {
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'degraded',
      stopping: false,
      checks: { database: 'up', feed: 'up', classifier: 'off', redis: 'down' },
    });
  });

  it('is alive but not ready without its database, and ready again with it', async () => {
    await way.cut();
    await eventually(async () => {
      const { status, body } = await ready();
      expect([status, body.status, body.checks]).toMatchObject([
        503,
        'down',
        { database: 'down', feed: 'down' },
      ]);
    });
    expect(await nobody.get('/api/health/live')).toMatchObject({ status: 200, body: { status: 'up' } });
    await way.restore();
    await eventually(async () => expect((await ready()).status).toBe(200));
  });

  it('is not ready from the moment on when it is told to end, and still answers', async () => {
    desk.app.get(Shutdown).begin();
    expect(await ready()).toMatchObject({
      status: 503,
      body: { status: 'down', stopping: true, checks: { database: 'up', feed: 'up' } },
    });
    expect((await nobody.get('/api/health/live')).status).toBe(200);
  });
});
