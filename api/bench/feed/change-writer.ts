import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { Connection } from '../http/connection.js';
import { requestBytes } from '../http/request.js';
import { machineMs } from '../metering/clock.js';
import { serve } from '../worker/serve.js';

export interface PacedJob {
  /** Tickets that are not resolved yet; each is resolved, once. */
  readonly ids: readonly number[];
  readonly perSecond: number;
}

/** When each ticket's change was committed, as its writer saw it, by the machine's clock. */
export type Commits = Map<number, number>;

const LANES = 8;

/** Writes at a steady pace, whatever the answers take, over a few connections. */
async function paced<Lane>(
  { ids, perSecond }: PacedJob,
  lanes: readonly Lane[],
  write: (lane: Lane, id: number) => Promise<unknown>,
): Promise<Commits> {
  const commits: Commits = new Map();
  const begun = machineMs();
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let turn = next++; turn < ids.length; turn = next++) {
        const early = begun + (turn * 1_000) / perSecond - machineMs();
        if (early > 0) await delay(early);
        await write(lane, ids[turn]!);
        commits.set(ids[turn]!, machineMs());
      }
    }),
  );
  return commits;
}

async function bySql(job: PacedJob & { connection: DatabaseConnection }): Promise<Commits> {
  const clients = Array.from({ length: LANES }, () => new pg.Client(job.connection));
  await Promise.all(clients.map((client) => client.connect()));
  const commits = await paced(job, clients, (client, id) =>
    client.query({
      name: 'resolve',
      text: `update ticket set status = 'resolved' where id = $1`,
      values: [id],
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return commits;
}

async function byRest(job: PacedJob & { port: number }): Promise<Commits> {
  const connections = await Promise.all(Array.from({ length: LANES }, () => Connection.open(job.port)));
  const commits = await paced(job, connections, async (connection, id) => {
    const body = { status: 'resolved' };
    const { status } = await connection.send(
      requestBytes({ method: 'PATCH', path: `/api/tickets/${id}`, body }),
    );
    if (status !== 200) throw new Error(`PATCH /api/tickets/${id} answered ${status}`);
  });
  for (const connection of connections) connection.close();
  return commits;
}

const served = { bySql, byRest };
export type ChangeWriter = typeof served;
serve(served);
