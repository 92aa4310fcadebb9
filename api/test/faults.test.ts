import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { DatabaseConnection } from '../src/database/connection.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { migrate } from '../src/database/migrate.js';
import { ApiProcess } from './support/api-process.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { violations } from './support/oracle.js';
import { addAgent, AGENT } from './support/sign-in.js';

const BURST_MS = 2_500;

const urlOf = ({ host, port, user, database }: DatabaseConnection) =>
  `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Real processes on a PostgreSQL that really writes to the disk, killed in the middle of a burst. What was
 * acknowledged must be there, and every client must end up with what SQL says.
 */
describe('faults', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  const processes: ApiProcess[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'signalbox-faults-'));
    server = await startEmbeddedPostgres({ dataDir });
    await migrate(server.connection);
    await addAgent(server.connection);
    for (let i = 0; i < 2; i += 1) processes.push(await startApi());
  });
  afterAll(async () => {
    for (const api of processes) await api.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const startApi = () => ApiProcess.start({ DATABASE_URL: urlOf(server.connection) });

  /** Creates tickets as fast as it can until `over`; gives the titles that were acknowledged with a 201. */
  async function writer(name: string, url: () => string, over: () => boolean): Promise<string[]> {
    const acknowledged: string[] = [];
    for (let n = 0; !over(); n += 1) {
      const title = `${name}-${n}`;
      try {
        const response = await fetch(`${url()}/api/tickets`, {
          method: 'POST',
          headers: { ...AGENT.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ title, description: 'In a burst', category: 'general', priority: 'low' }),
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status === 201) acknowledged.push(title);
        await response.body?.cancel();
      } catch {
        await pause(20);
      }
    }
    return acknowledged;
  }

  async function stayConnected(feed: FeedClient, url: () => string, over: () => boolean): Promise<void> {
    while (!over()) {
      if (feed.socket === null || !feed.socket.connected || !feed.isOpen) {
        feed.disconnect();
        await feed.connect(url()).catch(() => pause(100));
      }
      await pause(50);
    }
  }

  async function burst(name: string, fault: () => Promise<void>): Promise<void> {
    const urls = () => processes.map(({ url }) => url);
    const feeds = urls().map((url) => new FeedClient(url));
    for (const feed of feeds) {
      await feed.connect();
      await feed.loadSnapshot();
    }
    let writing = true;
    let watching = true;
    const watchers = feeds.map((feed, index) =>
      stayConnected(
        feed,
        () => urls()[index]!,
        () => !watching,
      ),
    );
    const writers = Array.from({ length: 6 }, (_, index) =>
      writer(
        `${name}-${index}`,
        () => urls()[index % 2]!,
        () => !writing,
      ),
    );
    await pause(BURST_MS / 2);
    await fault();
    await pause(BURST_MS);
    writing = false;
    const acknowledged = (await Promise.all(writers)).flat();

    const sql = new pg.Client({ ...server.connection });
    await sql.connect();
    const { rows } = await sql.query<{ title: string }>('select title from ticket where title like $1', [
      `${name}-%`,
    ]);
    const stored = new Set(rows.map(({ title }) => title));
    expect(acknowledged.filter((title) => !stored.has(title))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    try {
      for (const feed of feeds) {
        await eventually(async () => expect(await violations(sql, feed)).toEqual([]), 30_000, 200);
        expect(feed.resets).toBe(0);
      }
    } finally {
      watching = false;
      await Promise.all(watchers);
      for (const feed of feeds) feed.disconnect();
      await sql.end();
    }
  }

  it('kill -9 of an api process in a burst loses nothing acknowledged; its clients resume elsewhere or later', async () => {
    await burst('killed-api', async () => {
      await processes[0]!.end('SIGKILL');
      processes[0] = await startApi();
    });
  }, 90_000);

  it('PostgreSQL restarted in a burst: nothing acknowledged is lost, and clients converge without a reset', async () => {
    await burst('restarted-database', async () => {
      await server.stop();
      server = await startEmbeddedPostgres({ dataDir });
    });
  }, 90_000);
});
