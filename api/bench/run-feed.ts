import { type DeliveryFigures, measureDelivery } from './feed/delivery-bench.js';
import { type FanOutCourse, type FanOutFigures, measureFanOut } from './feed/fan-out-bench.js';
import { measureMemory, type MemoryFigures } from './feed/memory-bench.js';
import type { BenchOptions } from './options.js';
import { ApiProcess } from './server/api-process.js';
import type { BenchServer } from './server/bench-server.js';

/** Of the measurements that ask for one number of sockets. */
const USUAL_SOCKETS = 1_000;
/** Long enough for percentiles. */
const STREAM_SECONDS = 10;

type Tell = (progress: string) => void;

/** The log's cost does not depend on the number of tickets: all of the feed is measured on the smallest database. */
const connectionOf = (server: BenchServer, { sizes }: BenchOptions) =>
  server.connection(`tickets_${sizes[0]!}`);

/** The largest number that is asked for and no more than usual; else the smallest. */
function usualSockets({ sockets }: BenchOptions): number {
  return sockets.findLast((count) => count <= USUAL_SOCKETS) ?? sockets[0]!;
}

/** Commit to received at every number of sockets, and at the usual one also over two processes. */
export async function runFanOut(
  server: BenchServer,
  options: BenchOptions,
  tell: Tell,
): Promise<FanOutFigures[]> {
  const courses: FanOutCourse[] = options.sockets.map((sockets) => ({ sockets, processes: 1 }));
  courses.push({ sockets: usualSockets(options), processes: 2 });
  const figures: FanOutFigures[] = [];
  for (const course of courses) {
    const { sockets, processes } = course;
    figures.push(
      await measureFanOut({
        ...course,
        connection: connectionOf(server, options),
        port: options.port,
        seconds: STREAM_SECONDS,
        tell: (progress) => tell(`${sockets} sockets, ${processes} api: ${progress}`),
      }),
    );
  }
  return figures;
}

/** Memory of idle sockets. */
export async function runMemory(
  server: BenchServer,
  options: BenchOptions,
  tell: Tell,
): Promise<MemoryFigures> {
  const sockets = usualSockets(options);
  tell(`${sockets} idle sockets`);
  const kb = await measureMemory(connectionOf(server, options), options.port, sockets);
  return { sockets, kb };
}

/** A full log, as fast as it goes. */
export async function runDelivery(
  server: BenchServer,
  options: BenchOptions,
  tell: Tell,
): Promise<DeliveryFigures> {
  const connection = connectionOf(server, options);
  const { rounds, port } = options;
  const api = await ApiProcess.start(connection, { port });
  try {
    const sockets = usualSockets(options);
    return await measureDelivery({ connection, apiPort: port, barePort: port + 1, sockets, rounds, tell });
  } finally {
    await api.stop();
  }
}
