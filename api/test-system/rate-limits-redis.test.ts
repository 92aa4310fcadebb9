import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Ready } from '../src/contract/health.js';
import type { EmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { migrate } from '../src/database/migrate.js';
import { type Desk, startDesk } from '../test/support/desk.js';
import { eventually } from '../test/support/eventually.js';
import { RedisServer } from '../test/support/redis-server.js';
import { RestClient } from '../test/support/rest-client.js';
import { addAgent } from '../test/support/sign-in.js';
import { startTestServer } from '../test/support/test-server.js';

const LIMIT = 10;

describe('rate limits of several processes', () => {
  let redis: RedisServer;
  let server: EmbeddedPostgres;
  let desks: Desk[];

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    redis = fixtures.adopt(await RedisServer.start(), (started) => started.remove());
    server = fixtures.adopt(await startTestServer(), (started) => started.stop());
    await migrate(server.connection);
    await addAgent(server.connection);
    const settings = { REDIS_URL: redis.url, RATE_LIMIT_CLASSIFY: String(LIMIT) };
    desks = [];
    for (let count = 0; count < 2; count += 1) {
      const desk = fixtures.adopt(await startDesk(server.connection, settings), (started) => started.stop());
      desks.push(desk);
    }
    // Until then each counts for itself.
    for (const { url } of desks) {
      await eventually(async () => {
        const { body } = await new RestClient(url, {}).get<Ready>('/api/health/ready');
        expect(body.checks.redis).toBe('up');
      });
    }
  });
  afterAll(() => fixtures.disposeAsync());

  const classify = (index: number) =>
    new RestClient(desks[index]!.url, {}).post('/api/tickets/classify', { description: 'My bill is wrong' });
  /** Statuses of as many calls, by turns at either process. */
  const statuses = async (calls: number) => {
    const answers: number[] = [];
    for (let call = 0; call < calls; call += 1) answers.push((await classify(call % 2)).status);
    return answers;
  };

  it('are one, through Redis', async () => {
    const counted = await statuses(LIMIT + 2);
    expect(counted).toEqual([...Array<number>(LIMIT).fill(200), 429, 429]);
  });

  it('fail no call and wait for nothing while Redis is away: each process counts for itself', async () => {
    await redis.kill();
    const begun = performance.now();
    expect(await statuses(2 * LIMIT)).toEqual(Array<number>(2 * LIMIT).fill(200));
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(await statuses(2)).toEqual([429, 429]);
  });

  it('are one again when Redis is back', async () => {
    await redis.restart();
    await eventually(async () => expect((await classify(0)).status).toBe(200), 20_000);
    const left = (await statuses(2 * LIMIT)).filter((status) => status === 200).length;
    expect(left).toBeLessThan(LIMIT);
  });
});
