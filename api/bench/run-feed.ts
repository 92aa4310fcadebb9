import { measureDelivery } from './feed/delivery-bench.js';
import { measureLatency } from './feed/latency-bench.js';
import { measureMemory } from './feed/memory-bench.js';
import { SocketFleet } from './feed/socket-fleet.js';
import type { BenchOptions } from './options.js';
import type { FeedFigures } from './report/feed-report.js';
import { ApiProcess } from './server/api-process.js';
import type { BenchServer } from './server/bench-server.js';

/** Long enough for percentiles of a few thousand changes. */
const LATENCY_SECONDS = 10;

/** The feed's figures on the smallest database; the log's cost does not depend on the number of tickets. */
export async function runFeed(
  server: BenchServer,
  options: BenchOptions,
  tell: (progress: string) => void,
): Promise<FeedFigures> {
  const connection = server.connection(`tickets_${options.sizes[0]!}`);
  const { sockets, rounds, port } = options;
  tell('memory of idle sockets');
  const idleSocketKb = await measureMemory(connection, port, sockets);
  const api = await ApiProcess.start(connection, { port });
  const fleet = new SocketFleet();
  try {
    tell('commit to received');
    await fleet.open({ port, sockets, feed: true });
    const latency = await measureLatency(fleet, connection, port, LATENCY_SECONDS);
    await fleet.stop();
    const delivery = await measureDelivery({
      connection,
      apiPort: port,
      barePort: port + 1,
      sockets,
      rounds,
      tell: (progress) => tell(`deliveries, ${progress}`),
    });
    return { sockets, latency, delivery, idleSocketKb };
  } finally {
    await fleet.stop();
    await api.stop();
  }
}
