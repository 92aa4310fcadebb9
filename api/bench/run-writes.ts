import { SocketFleet } from './feed/socket-fleet.js';
import type { BenchOptions } from './options.js';
import { ApiProcess } from './server/api-process.js';
import { type BenchServer, query } from './server/bench-server.js';
import { measureWrites, type Variant, type WriteFigures } from './writes/write-bench.js';

const VARIANTS: readonly Variant[] = ['without', 'trigger', 'feed'];

const databaseOf = (variant: Variant) => `writes_${variant}`;

/** Copies the smallest database, which nobody may be connected to, for `runWrites`. */
export async function prepareWrites(server: BenchServer, size: number): Promise<void> {
  for (const variant of VARIANTS) await server.copy(`tickets_${size}`, databaseOf(variant));
  await query(server.connection(databaseOf('without')), 'alter table ticket disable trigger emit_event');
}

export async function runWrites(
  server: BenchServer,
  options: BenchOptions,
  tell: (progress: string) => void,
): Promise<WriteFigures[]> {
  const connection = (variant: Variant) => server.connection(databaseOf(variant));
  const api = await ApiProcess.start(connection('feed'), { port: options.port });
  const listener = new SocketFleet();
  try {
    await listener.open({ port: options.port, sockets: 1, feed: true });
    return await measureWrites({
      databases: {
        without: connection('without'),
        trigger: connection('trigger'),
        feed: connection('feed'),
      },
      size: options.sizes[0]!,
      rounds: options.rounds,
      seconds: options.seconds,
      tell,
    });
  } finally {
    await listener.stop();
    await api.stop();
  }
}
