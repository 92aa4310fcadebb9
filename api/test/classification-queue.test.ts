import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

import { BackgroundDatabase } from '../src/classification/background-database.js';
import type { Patience } from '../src/classification/classification.service.js';
import {
  type ClassificationHandler,
  ClassificationQueue,
} from '../src/classification/classification-queue.js';
import { type QueuePace, queuePace } from '../src/classification/queue-pace.js';
import { SharedSecret } from '../src/database/shared-secret.js';
import type { DatabaseConnection } from '../src/database/connection.js';
import type { SqlExecutor } from '../src/database/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { severable } from './support/severable-connection.js';

const STUCK_WORKER = fileURLToPath(new URL('support/stuck-worker.js', import.meta.url));

/** Everything as soon as pg-boss allows it. */
const QUICK: Partial<QueuePace> = {
  pollSeconds: 0.5,
  gatherMs: 1,
  superviseSeconds: 1,
  retrySeconds: 1,
  retryMaxSeconds: 1,
};

describe('ClassificationQueue', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let logged: string[];
  const running = new Set<ClassificationQueue>();

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ ...database.connection, max: 4 });
    pool.on('error', () => undefined);
    // The tables of the queue, which are emptied after each test.
    await stop(await start());
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  afterEach(async () => {
    await Promise.all([...running].map(stop));
    await pool.query('delete from pgboss.job');
    jest.restoreAllMocks();
  });

  /** A process, as far as the queue is concerned; without a handler it only adds jobs. */
  async function start(
    handler?: ClassificationHandler,
    pace: Partial<QueuePace> = {},
    connection: DatabaseConnection = database.connection,
  ): Promise<ClassificationQueue> {
    logged = [];
    for (const level of ['log', 'warn', 'error'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((message: unknown) => void logged.push(String(message)));
    }
    const queue = new ClassificationQueue(new BackgroundDatabase(connection), {
      ...queuePace(1_000),
      ...QUICK,
      ...pace,
    });
    running.add(queue);
    await queue.onModuleInit();
    if (handler) await queue.process(handler);
    return queue;
  }

  async function stop(queue: ClassificationQueue): Promise<void> {
    running.delete(queue);
    await queue.beforeApplicationShutdown();
  }

  /** Adds a job for each ticket in one transaction, which ends as told. */
  async function enqueue(queue: ClassificationQueue, ticketIds: number[], end = 'commit'): Promise<void> {
    const client = await pool.connect();
    const execute: SqlExecutor = (sql, params) => client.query(sql, params);
    try {
      await client.query('begin');
      for (const ticketId of ticketIds) await queue.enqueue({ ticketId, fields: ['category'] }, execute);
      await client.query(end);
    } finally {
      client.release();
    }
    if (end === 'commit') queue.wake();
  }

  /** How many jobs are in which state. */
  async function states(): Promise<Record<string, number>> {
    const { rows } = await pool.query<{ state: string; count: number }>(
      'select state::text, count(*)::int from pgboss.job group by state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  const idsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => first + index);
  /** A job that is taken and goes on for as long as it is not ended. */
  function longJob() {
    const [taken, finished] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const handler: ClassificationHandler = () => {
      taken.resolve();
      return finished.promise;
    };
    return { handler, taken: taken.promise, finish: () => finished.resolve() };
  }

  it('gives each committed job to one process, once', async () => {
    const handled: [process: string, ticketId: number][] = [];
    const both = Promise.withResolvers<void>();
    const into = (process: string): ClassificationHandler => {
      return async ({ ticketId }) => {
        handled.push([process, ticketId]);
        if (new Set(handled.map(([by]) => by)).size === 2) both.resolve();
        await both.promise;
      };
    };
    const [first, second] = [await start(into('first')), await start(into('second'))];
    for (let round = 0; round < 10; round += 1) {
      const from = 1 + round * 20;
      await Promise.all([enqueue(first, idsFrom(from, 10)), enqueue(second, idsFrom(from + 10, 10))]);
    }
    await eventually(async () => expect(await states()).toEqual({ completed: 200 }));
    expect(handled.map(([, ticketId]) => ticketId).sort((one, other) => one - other)).toEqual(
      idsFrom(1, 200),
    );
  });

  it('has no job of a transaction that was rolled back', async () => {
    const handled: number[] = [];
    const queue = await start(async ({ ticketId }) => void handled.push(ticketId));
    await enqueue(queue, [1, 2], 'rollback');
    await enqueue(queue, [3]);
    await eventually(async () => expect(await states()).toEqual({ completed: 1 }));
    expect(handled).toEqual([3]);
  });

  it('waits for the commit', async () => {
    const handled: number[] = [];
    const queue = await start(async ({ ticketId }) => void handled.push(ticketId));
    const client = await pool.connect();
    await client.query('begin');
    await queue.enqueue({ ticketId: 1, fields: ['priority'] }, (sql, params) => client.query(sql, params));
    queue.wake();
    await enqueue(queue, [2]);
    await eventually(() => expect(handled).toEqual([2]));
    await client.query('commit');
    client.release();
    await eventually(() => expect(handled).toEqual([2, 1]));
  });

  it('hands a job over as it was put in', async () => {
    const seen: unknown[] = [];
    const queue = await start(async (job) => void seen.push(job));
    await queue.enqueue({ ticketId: 9_007_199_254, fields: ['category', 'priority'] }, (sql, params) =>
      pool.query(sql, params),
    );
    await eventually(() =>
      expect(seen).toEqual([{ ticketId: 9_007_199_254, fields: ['category', 'priority'] }]),
    );
  });

  it('need not wait for the next look when it is told of a commit', async () => {
    const handled: number[] = [];
    const queue = await start(async ({ ticketId }) => void handled.push(ticketId), { pollSeconds: 3_600 });
    for (const ticketId of [1, 2, 3]) {
      await enqueue(queue, [ticketId]);
      await eventually(() => expect(handled).toContain(ticketId));
    }
  });

  it('finds the jobs of a process that only adds some', async () => {
    const handled: number[] = [];
    await start(async ({ ticketId }) => void handled.push(ticketId));
    await enqueue(await start(), [1]);
    await eventually(() => expect(handled).toEqual([1]));
  });

  it('tries a failed job again, and says when it is time to decide', async () => {
    const lasts: boolean[] = [];
    const queue = await start(
      async (_, { last }: Patience) => {
        lasts.push(last);
        if (!last) throw new Error('not yet');
      },
      { patientAttempts: 2 },
    );
    await enqueue(queue, [77]);
    await eventually(async () => expect(await states()).toEqual({ completed: 1 }));
    expect(lasts).toEqual([false, false, true]);
    expect(logged).toEqual(Array(2).fill('Ticket 77 is not classified yet: Error: not yet'));
  });

  it('does not let one failure hold up the others of its batch', async () => {
    const handled: number[] = [];
    const queue = await start(async ({ ticketId }) => {
      if (ticketId === 2) throw new Error('bad');
      handled.push(ticketId);
    });
    await enqueue(queue, [1, 2, 3]);
    await eventually(async () => expect(await states()).toMatchObject({ completed: 2 }));
    expect(handled.sort()).toEqual([1, 3]);
  });

  it('drops a job that names no ticket, and says so', async () => {
    await start(() => Promise.resolve());
    await pool.query('select pgboss.enqueue_classification($1)', ['[{"data": {"ticketId": "x"}}]']);
    await eventually(async () => expect(await states()).toEqual({ failed: 1 }));
    expect(logged).toEqual([expect.stringContaining('does not name a ticket')]);
  });

  it('takes up the job of a process that was killed', async () => {
    const queue = await start(undefined, { expireSeconds: 2 });
    const worker = spawn(
      process.execPath,
      [STUCK_WORKER, JSON.stringify(database.connection), 'classification'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const exited = once(worker, 'exit');
    try {
      await enqueue(queue, [5]);
      // What it complains of, if anything, comes first.
      const said = await Promise.race([worker.stdout, worker.stderr].map((output) => once(output, 'data')));
      expect(String(said[0])).toBe('taken\n');
    } finally {
      worker.kill('SIGKILL');
      await exited;
    }

    const handled: number[] = [];
    await queue.process(async ({ ticketId }) => void handled.push(ticketId));
    await eventually(async () => expect(await states()).toEqual({ completed: 1 }), 30_000);
    expect(handled).toEqual([5]);
  });

  it('lets a job finish when the process stops', async () => {
    const { handler, taken, finish } = longJob();
    const queue = await start(handler);
    await enqueue(queue, [1]);
    await taken;
    const stopped = stop(queue);
    finish();
    await stopped;
    expect(await states()).toEqual({ completed: 1 });
  });

  it('leaves a job that does not finish to the next process', async () => {
    let told: AbortSignal | undefined;
    const first = await start(
      (_, { signal }) => {
        told = signal;
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('stop'))),
        );
      },
      { graceMs: 50 },
    );
    await enqueue(first, [1]);
    await eventually(() => expect(told).toBeDefined());
    await stop(first);
    expect(told?.aborted).toBe(true);
    expect(await states()).toEqual({ retry: 1 });

    const handled: number[] = [];
    await start(async ({ ticketId }) => void handled.push(ticketId));
    await eventually(async () => expect(await states()).toEqual({ completed: 1 }));
    expect(handled).toEqual([1]);
  });

  it('stops also when a job hears nothing', async () => {
    const { handler, taken } = longJob();
    const queue = await start(handler, { graceMs: 50 });
    await enqueue(queue, [1]);
    await taken;
    await stop(queue);
    expect(await states()).toEqual({ retry: 1 });
  });

  it('keeps jobs while no process runs', async () => {
    const queue = await start();
    await enqueue(queue, idsFrom(1, 20));
    await stop(queue);
    const handled: number[] = [];
    await start(async ({ ticketId }) => void handled.push(ticketId));
    await eventually(async () => expect(await states()).toEqual({ completed: 20 }));
    expect(handled.sort((one, other) => one - other)).toEqual(idsFrom(1, 20));
  });

  it('is made by processes that start together on an empty database', async () => {
    await using empty = await createTestDatabase();
    const queues = await Promise.all(
      idsFrom(0, 4).map(() => start(() => Promise.resolve(), {}, empty.connection)),
    );
    await Promise.all(queues.map(stop));
  });

  it('stores what pg-boss itself would store', async () => {
    const queue = await start();
    const data = { ticketId: 1, fields: ['category' as const] };
    await queue.enqueue(data, (sql, params) => pool.query(sql, params));
    const boss = new PgBoss({ ...database.connection, max: 1, supervise: false, schedule: false });
    await boss.start();
    await boss.send('classification', data);
    await boss.stop({ graceful: false });
    const { rows } = await pool.query(`
      select to_jsonb(job) - '{id,created_on,start_after,keep_until}'::text[] as job, keep_until - start_after as kept
      from pgboss.job`);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
  });

  it('rides out a database that goes and comes back, with one line for each', async () => {
    await using way = await severable(database.connection);
    const handled: number[] = [];
    const queue = await start(async ({ ticketId }) => void handled.push(ticketId), {}, way.connection);
    await way.cut();
    await enqueue(queue, [1]);
    await eventually(() => expect(logged).toHaveLength(1));
    // Several looks and supervisions fail meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await way.restore();
    await eventually(async () => expect(await states()).toEqual({ completed: 1 }));
    expect(handled).toEqual([1]);
    expect(logged).toEqual([expect.stringContaining('The database is away'), 'The database is back']);
    await stop(queue);
  });

  it('stops while the database is away', async () => {
    await using way = await severable(database.connection);
    const { handler, taken } = longJob();
    const queue = await start(handler, { graceMs: 50 }, way.connection);
    await enqueue(queue, [1]);
    await taken;
    await way.cut();
    await stop(queue);
    await way.restore();
  });

  it('holds two connections at most', async () => {
    const queue = await start(() => new Promise((resolve) => setTimeout(resolve, 20)));
    await enqueue(queue, idsFrom(1, 100));
    await eventually(async () => expect(await states()).toEqual({ completed: 100 }));
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int from pg_stat_activity
       where datname = current_database() and application_name = 'signalbox background'`,
    );
    expect(rows[0]?.count).toBeLessThanOrEqual(2);
  });
});

describe('SharedSecret', () => {
  it('is the same for all that start together, and after a restart', async () => {
    await using database = await createTestDatabase();
    const pool = new pg.Pool({ ...database.connection, max: 8 });
    // The drop may end a connection that is just being closed.
    pool.on('error', () => undefined);
    const load = () =>
      new SharedSecret((sql, params) => pool.query(sql, params), 'suggestion')
        .key()
        .then((key) => key.toString('hex'));
    const together = await Promise.all(Array.from({ length: 8 }, load));
    expect(new Set([...together, await load()]).size).toBe(1);
    expect(together[0]).toMatch(/^[0-9a-f]{64}$/);
    await pool.end();
  });
});
