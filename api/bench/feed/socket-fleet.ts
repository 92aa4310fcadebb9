import type { Frame, Moments } from '../floors/broadcast-floor.js';
import { Latencies, type Percentiles } from '../metering/latencies.js';
import { Worker } from '../worker/worker.js';
import type { OpenJob, Received, SocketClients } from './socket-clients.js';

const PROCESSES = 2;

/** Many sockets, spread over a few processes that are not the server's. */
export class SocketFleet {
  readonly #workers = Array.from({ length: PROCESSES }, () =>
    Worker.start<SocketClients>(new URL('./socket-clients.js', import.meta.url)),
  );

  async open({ sockets, ...job }: OpenJob): Promise<void> {
    const share = Math.ceil(sockets / PROCESSES);
    await this.#all((worker, index) =>
      worker.call('open', { ...job, sockets: Math.min(share, sockets - index * share) }),
    );
  }

  async begin(): Promise<void> {
    await this.#all((worker) => worker.call('begin', undefined));
  }

  /** Waits until every socket has all events up to `id`. @throws when they do not within `withinMs` */
  async until(id: number, withinMs = 60_000): Promise<Received> {
    const received = await this.#all((worker) => worker.call('until', { id, withinMs }));
    return {
      sockets: received.reduce((sum, { sockets }) => sum + sockets, 0),
      events: received.reduce((sum, { events }) => sum + events, 0),
      frames: received.reduce((sum, { frames }) => sum + frames, 0),
      gaps: received.reduce((sum, { gaps }) => sum + gaps, 0),
      endedAt: Math.max(...received.map(({ endedAt }) => endedAt)),
    };
  }

  /** From each change's commit to its receipts; or from when its envelope was `sent`. */
  async latency(sent: Moments | null): Promise<Percentiles> {
    const merged = new Latencies();
    for (const encoded of await this.#all((worker) => worker.call('latencies', sent))) merged.merge(encoded);
    return merged.percentiles();
  }

  /** What the sockets of one process received, each envelope once. */
  frames(): Promise<Frame[]> {
    return this.#workers[0]!.call('frames', undefined);
  }

  async close(): Promise<void> {
    await this.#all((worker) => worker.call('close', undefined));
  }

  async stop(): Promise<void> {
    await this.#all((worker) => worker.stop());
  }

  #all<Result>(ask: (worker: Worker<SocketClients>, index: number) => Promise<Result>): Promise<Result[]> {
    return Promise.all(this.#workers.map(ask));
  }
}
