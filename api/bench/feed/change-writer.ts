import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { Connection } from '../http/connection.js';
import { requestBytes } from '../http/request.js';
import { machineMs } from '../metering/clock.js';
import { serve } from '../worker/serve.js';

/** A change to make: the ticket has another status. */
export interface Change {
  readonly id: number;
  readonly status: string;
}

export interface PacedJob {
  readonly changes: readonly Change[];
  readonly perSecond: number;
}

const LANES = 8;

/** Writes at a steady pace, whatever the answers take, over a few connections. */
async function paced<Lane>(
  { changes, perSecond }: PacedJob,
  lanes: readonly Lane[],
  write: (lane: Lane, change: Change) => Promise<unknown>,
): Promise<void> {
  const begun = machineMs();
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let turn = next++; turn < changes.length; turn = next++) {
        const early = begun + (turn * 1_000) / perSecond - machineMs();
        if (early > 0) await delay(early);
        await write(lane, changes[turn]!);
      }
    }),
  );
}

async function bySql(job: PacedJob & { connection: DatabaseConnection }): Promise<void> {
  const clients = Array.from({ length: LANES }, () => new pg.Client(job.connection));
  await Promise.all(clients.map((client) => client.connect()));
  await paced(job, clients, (client, { id, status }) =>
    client.query({
      name: 'change',
      text: 'update ticket set status = $2 where id = $1',
      values: [id, status],
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
}

async function byRest(job: PacedJob & { port: number }): Promise<void> {
  const connections = await Promise.all(Array.from({ length: LANES }, () => Connection.open(job.port)));
  await paced(job, connections, async (connection, { id, status: wanted }) => {
    const request = { method: 'PATCH', path: `/api/tickets/${id}`, body: { status: wanted } } as const;
    const { status } = await connection.send(requestBytes(request));
    if (status !== 200) throw new Error(`PATCH /api/tickets/${id} answered ${status}`);
  });
  for (const connection of connections) connection.close();
}

const served = { bySql, byRest };
export type ChangeWriter = typeof served;
serve(served);
