import type { DatabaseConnection } from '../../src/database/connection.js';
import type { BroadcastFloor, Frame, Moments } from '../floors/broadcast-floor.js';
import { machineMs } from '../metering/clock.js';
import { processSeconds } from '../metering/cpu-meter.js';
import type { Percentiles } from '../metering/latencies.js';
import { ApiProcess } from '../server/api-process.js';
import { lastEvent, query } from '../server/bench-server.js';
import { Worker } from '../worker/worker.js';
import type { Change, ChangeWriter } from './change-writer.js';
import { SocketFleet } from './socket-fleet.js';

/** Changes a second times sockets, held within bounds: what a bare broadcast on two cores keeps up with. */
const DELIVERIES_PER_SECOND = 100_000;
const CHANGES_PER_SECOND = { least: 20, most: 200 };
const WARM_UP_SECONDS = 2;

/** How many sockets listen, and to how many api processes on one database. */
export interface FanOutCourse {
  readonly sockets: number;
  readonly processes: number;
}

/** Changes by REST or by plain SQL; or the frames of the latter, sent again at the same pace by a bare Socket.IO. */
export type Source = 'rest' | 'sql' | 'floor';

export interface FanOutLine {
  readonly source: Source;
  /** Changes a second that came about. */
  readonly perSecond: number;
  /** Frames that each socket received a second. */
  readonly framesPerSecond: number;
  readonly deliveries: number;
  readonly gaps: number;
  /** From the commit (its trigger's clock, before the disk has it), or the floor's broadcast, to each receipt; ms. */
  readonly latency: Percentiles;
  /** CPU seconds a second of the processes that serve the sockets. */
  readonly cpu: number;
}

export interface FanOutFigures extends FanOutCourse {
  readonly lines: readonly FanOutLine[];
}

export interface FanOutPlan extends FanOutCourse {
  readonly connection: DatabaseConnection;
  readonly port: number;
  readonly seconds: number;
  readonly tell: (progress: string) => void;
}

/** Changes a second for so many sockets. */
export function pace(sockets: number): number {
  const { least, most } = CHANGES_PER_SECOND;
  return Math.min(most, Math.max(least, Math.round(DELIVERIES_PER_SECOND / sockets)));
}

/**
 * A steady stream of changes while all sockets listen: by REST and by plain SQL; with one process also what it sent
 * for the latter, at the same moments, from a bare broadcast.
 */
export async function measureFanOut(plan: FanOutPlan): Promise<FanOutFigures> {
  const { sockets, processes, connection, port, seconds, tell } = plan;
  await using running = new AsyncDisposableStack();
  const fleet = running.adopt(new SocketFleet(), (started) => started.stop());
  const writer = running.adopt(
    Worker.start<ChangeWriter>(new URL('./change-writer.js', import.meta.url)),
    (started) => started.stop(),
  );
  const apis: ApiProcess[] = [];
  for (let index = 0; index < processes; index += 1) {
    const api = await ApiProcess.start(connection, { port: port + index });
    apis.push(running.adopt(api, (started) => started.stop()));
  }
  tell('opening sockets');
  for (const api of apis) await fleet.open({ port: api.port, sockets: sockets / processes, feed: true });

  const stream = async (source: 'rest' | 'sql', duration: number): Promise<FanOutLine> => {
    const perSecond = pace(sockets);
    const job = { changes: await chooseChanges(connection, Math.round(perSecond * duration)), perSecond };
    return measure(source, fleet, apis, async () => {
      if (source === 'rest') await writer.call('byRest', { ...job, port });
      else await writer.call('bySql', { ...job, connection });
      return { last: await lastEvent(connection), sent: null };
    });
  };
  tell('warming up');
  await stream('rest', WARM_UP_SECONDS);
  tell('changes by REST');
  const lines = [await stream('rest', seconds)];
  tell('changes by SQL');
  lines.push(await stream('sql', seconds));
  if (processes > 1) return { sockets, processes, lines };

  tell('the same frames from a bare broadcast');
  const frames = await fleet.frames();
  await fleet.close();
  await apis[0]!.stop();
  const bare = running.adopt(
    Worker.start<BroadcastFloor>(new URL('../floors/broadcast-floor.js', import.meta.url)),
    (started) => started.stop(),
  );
  await bare.call('listen', port);
  await fleet.open({ port, sockets, feed: false });
  const replay = async (part: readonly Frame[]) => ({
    last: part.at(-1)!.to,
    sent: await bare.call('replay', part),
  });
  const warmUp = frames.filter(({ at }) => at < frames[0]!.at + WARM_UP_SECONDS * 1_000);
  await measure('floor', fleet, [bare], () => replay(warmUp));
  lines.push(await measure('floor', fleet, [bare], () => replay(frames)));
  return { sockets, processes, lines };
}

/** @param send makes changes; what the last event is, and when each frame was sent where events do not tell it */
async function measure(
  source: Source,
  fleet: SocketFleet,
  servers: readonly { readonly pid: number }[],
  send: () => Promise<{ last: number; sent: Moments | null }>,
): Promise<FanOutLine> {
  const used = () => servers.reduce((sum, { pid }) => sum + processSeconds(pid), 0);
  await fleet.begin();
  const [begun, usedBefore] = [machineMs(), used()];
  const { last, sent } = await send();
  const sendSeconds = (machineMs() - begun) / 1_000;
  const { sockets, events, frames, gaps } = await fleet.until(last);
  const cpu = (used() - usedBefore) / ((machineMs() - begun) / 1_000);
  return {
    source,
    perSecond: events / sockets / sendSeconds,
    framesPerSecond: frames / sockets / sendSeconds,
    deliveries: events,
    gaps,
    latency: await fleet.latency(sent),
    cpu,
  };
}

/** Tickets and another status for each. @throws Error when there are too few */
async function chooseChanges(connection: DatabaseConnection, count: number): Promise<Change[]> {
  const rows = await query<{ id: string; status: string }>(
    connection,
    `select id, case status when 'resolved' then 'open' else 'resolved' end as status
     from ticket order by random() limit $1`,
    [count],
  );
  if (rows.length < count)
    throw new Error(`${count} tickets are to be changed, and there are ${rows.length}`);
  return rows.map(({ id, status }) => ({ id: Number(id), status }));
}
