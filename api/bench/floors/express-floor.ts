import express from 'express';
import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { serve } from '../worker/serve.js';
import type { RecordedAnswer, Recording } from './recorded.js';

export interface FloorJob {
  readonly connection: DatabaseConnection;
  readonly port: number;
  readonly recording: Recording;
}

/** As many connections as the api has. */
const POOL_MAX = 16;

/** A bare Express with `pg`: the api's own statements, the rows as JSON, and nothing else. */
async function listen({ connection, port, recording }: FloorJob): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: POOL_MAX, application_name: 'floor' });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json());
  app.use(async (request, response) => {
    const key = request.method === 'GET' ? `GET ${request.originalUrl}` : request.method;
    const recorded = recording.get(key);
    if (recorded === undefined) {
      response.status(404).json({ missing: key });
      return;
    }
    const fields = {
      ...(request.body as Record<string, unknown> | undefined),
      id: Number(/(\d+)$/.exec(request.path)?.[1]),
    };
    const body = recorded.statements.length === 0 ? recorded.body : await run(pool, recorded, fields);
    response.status(recorded.status).json(body);
  });
  const listening = Promise.withResolvers<void>();
  app.listen(port, '127.0.0.1', () => listening.resolve());
  await listening.promise;
}

/** @returns the rows of the last statement that gave any */
async function run(
  pool: pg.Pool,
  { statements }: RecordedAnswer,
  fields: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const client = await pool.connect();
  try {
    let rows: unknown[] = [];
    for (const { values, ...statement } of statements) {
      const parameters = values.map((value) => ('field' in value ? fields[value.field] : value.value));
      const result = await client.query({ ...statement, values: parameters });
      if (result.rows?.length > 0) rows = result.rows;
    }
    return rows;
  } finally {
    client.release();
  }
}

const served = { listen };
export type ExpressFloor = typeof served;
serve(served);
