import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import type { BroadcastFloor } from '../floors/broadcast-floor.js';
import { machineMs } from '../metering/clock.js';
import { median } from '../metering/median.js';
import { lastEvent } from '../server/bench-server.js';
import { Worker } from '../worker/worker.js';
import { SocketFleet } from './socket-fleet.js';

/** Few enough that no socket is cut for being slow while everything is sent at once. */
const EVENTS = 2_000;

/** Events delivered a second, over all sockets; the ratio is the median of each round's own. */
export interface DeliveryFigures {
  readonly sockets: number;
  readonly api: number;
  readonly bare: number;
  readonly ratio: number;
}

export interface DeliveryPlan {
  readonly connection: DatabaseConnection;
  readonly apiPort: number;
  readonly barePort: number;
  readonly sockets: number;
  readonly rounds: number;
  readonly tell: (progress: string) => void;
}

/**
 * A log that is full at one moment (one transaction of many rows becomes visible at its commit), delivered by the
 * api as fast as it can; then the frames that it sent, broadcast by a bare Socket.IO server to as many sockets of
 * the same client processes.
 */
export async function measureDelivery(plan: DeliveryPlan): Promise<DeliveryFigures> {
  const bare = Worker.start<BroadcastFloor>(new URL('../floors/broadcast-floor.js', import.meta.url));
  const [apiFleet, bareFleet] = [new SocketFleet(), new SocketFleet()];
  const rounds: { api: number; bare: number }[] = [];
  try {
    await bare.call('listen', plan.barePort);
    await apiFleet.open({ port: plan.apiPort, sockets: plan.sockets, feed: true });
    await bareFleet.open({ port: plan.barePort, sockets: plan.sockets, feed: false });
    for (let round = 0; round <= plan.rounds; round += 1) {
      plan.tell(round === 0 ? 'warming up' : `round ${round} of ${plan.rounds}`);
      await apiFleet.begin();
      const committedAt = await changeMany(plan.connection);
      const last = await lastEvent(plan.connection);
      const byApi = await apiFleet.until(last);
      const frames = await apiFleet.frames();
      await bareFleet.begin();
      const begunAt = await bare.call('broadcast', frames);
      const byBare = await bareFleet.until(last);
      if (round === 0) continue;
      rounds.push({
        api: (byApi.events / (byApi.endedAt - committedAt)) * 1_000,
        bare: (byBare.events / (byBare.endedAt - begunAt)) * 1_000,
      });
    }
  } finally {
    await Promise.all([bare.stop(), apiFleet.stop(), bareFleet.stop()]);
  }
  return {
    sockets: plan.sockets,
    api: median(rounds.map(({ api }) => api)),
    bare: median(rounds.map(({ bare: perSecond }) => perSecond)),
    ratio: median(rounds.map(({ api, bare: perSecond }) => api / perSecond)),
  };
}

/** @returns when the commit had returned, by the machine's clock */
async function changeMany(connection: DatabaseConnection): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(
      `update ticket set status = case status when 'open' then 'closed' else 'open' end
       where id in (select id from ticket order by id limit $1)`,
      [EVENTS],
    );
    return machineMs();
  } finally {
    await client.end();
  }
}
