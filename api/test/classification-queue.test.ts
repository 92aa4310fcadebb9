import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

import { BackgroundDatabase } from '../src/classification/background-database.js';
import type { Patience } from '../src/classification/classification.service.js';
import { type ClassificationHandler, ClassificationQueue } from '../src/classification/classification-queue.js';
import { type QueuePace, queuePace } from '../src/classification/queue-pace.js';
import { SharedSecret } from '../src/classification/shared-secret.js';
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
  expireSeconds: 2,
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
      jest.spyOn(Logger.prototype, level).mockImplementation((message: unknown) => void logged.push(String(message)));
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

  const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

  it('gives each committed job to one process, once', async () => {
    const handled: [process: string, ticketId: number][] = [];
    const into = (process: string): ClassificationHandler => async ({ ticketId, fields }) => {
      expect(fields).toEqual(['category']);
      handled.push([process, ticketId]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const [first, second] = [await start(into('first')), await start(into('second'))];
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([enqueue(first, idsFrom(round * 20, 10)), enqueue(second, idsFrom(round * 20 + 10, 10))]);
    }
    await eventually(async () => expect(await states()).toEqual({ completed: 199 }));
    expect(handled.map(([, ticketId]) => ticketId).sort((one, other) => one - other)).toEqual(idsFrom(1, 199));
    expect(new Set(handled.map(([process]) => process))).toEqual(new Set(['first', 'second']));
  });
});
