import { Latencies, type Percentiles } from '../metering/latencies.js';
import { Worker } from '../worker/worker.js';
import type { Commits } from './change-writer.js';
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
      events: received.reduce((sum, { events }) => sum + events, 0),
      gaps: received.reduce((sum, { gaps }) => sum + gaps, 0),
      endedAt: Math.max(...received.map(({ endedAt }) => endedAt)),
    };
  }

  async latency(commits: Commits): Promise<Percentiles> {
    const merged = new Latencies();
    for (const encoded of await this.#all((worker) => worker.call('latencies', commits)))
      merged.merge(encoded);
    return merged.percentiles();
  }

  frames(): Promise<string[]> {
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
