import type { DatabaseConnection } from '../../src/database/connection.js';
import type { Percentiles } from '../metering/latencies.js';
import { query } from '../server/bench-server.js';
import { Worker } from '../worker/worker.js';
import type { ChangeWriter } from './change-writer.js';
import type { SocketFleet } from './socket-fleet.js';

const PER_SECOND = 200;

/** Changes a second that were asked for and came about, and commit to received over all sockets, in ms. */
export interface FeedLatency {
  readonly writer: 'rest' | 'sql';
  readonly perSecond: number;
  readonly deliveries: number;
  readonly gaps: number;
  readonly latency: Percentiles;
}

/** A steady stream of changes from another process while the fleet listens: by REST, then by plain SQL. */
export async function measureLatency(
  fleet: SocketFleet,
  connection: DatabaseConnection,
  port: number,
  seconds: number,
): Promise<FeedLatency[]> {
  const writer = Worker.start<ChangeWriter>(new URL('./change-writer.js', import.meta.url));
  try {
    const figures: FeedLatency[] = [];
    for (const kind of ['rest', 'sql'] as const) {
      const ids = await unresolved(connection, Math.round(PER_SECOND * seconds));
      const job = { ids, perSecond: PER_SECOND };
      await fleet.begin();
      const begun = performance.now();
      const commits =
        kind === 'rest'
          ? await writer.call('byRest', { ...job, port })
          : await writer.call('bySql', { ...job, connection });
      const took = (performance.now() - begun) / 1_000;
      const { events, gaps } = await fleet.until(await lastEvent(connection));
      const latency = await fleet.latency(commits);
      figures.push({ writer: kind, perSecond: ids.length / took, deliveries: events, gaps, latency });
    }
    return figures;
  } finally {
    await writer.stop();
  }
}

/** The id of the newest event; nobody may be writing. */
export async function lastEvent(connection: DatabaseConnection): Promise<number> {
  const rows = await query<{ id: string }>(connection, 'select max(id) as id from event');
  return Number(rows[0]!.id);
}

async function unresolved(connection: DatabaseConnection, count: number): Promise<number[]> {
  const rows = await query<{ id: string }>(
    connection,
    `select id from ticket where status <> 'resolved' order by random() limit $1`,
    [count],
  );
  return rows.map(({ id }) => Number(id));
}
