import { once } from 'node:events';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { machineMs } from '../metering/clock.js';
import { processSeconds } from '../metering/cpu-meter.js';
import { ApiProcess } from '../server/api-process.js';
import type { HeapSample } from './heap-slope.js';
import type { Holding } from './probe.js';

const MB = 1024 ** 2;

/** One process from its start to its end. */
export interface Life {
  /** Which of the processes, from 0. */
  readonly process: number;
  /** Milliseconds of the machine's clock. */
  readonly bornAt: number;
  readonly samples: HeapSample[];
}

/** Several api processes on one database, restarted one by one. */
export class Cluster {
  readonly lives: Life[] = [];
  restarts = 0;
  readonly #running: { api: ApiProcess; life: Life }[] = [];
  /** CPU seconds of processes that have ended. */
  #endedSeconds = 0;

  constructor(
    private readonly connection: DatabaseConnection,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly firstPort: number,
  ) {}

  async start(processes: number): Promise<void> {
    // One by one: the first of them migrates.
    for (let index = 0; index < processes; index += 1) this.#running.push(await this.#startOne(index));
  }

  get urls(): string[] {
    return this.#running.map(({ api }) => api.url);
  }

  get cpuSeconds(): number {
    return this.#running.reduce((sum, { api }) => sum + processSeconds(api.pid), this.#endedSeconds);
  }

  /** Ends the next process as a deployment does, waits until it is gone and starts it anew at its port. */
  async restartNext(): Promise<void> {
    const index = this.restarts % this.#running.length;
    this.restarts += 1;
    const { api } = this.#running[index]!;
    this.#endedSeconds += processSeconds(api.pid);
    await api.stop();
    this.#running[index] = await this.#startOne(index);
  }

  /** Notes each process's heap after a full garbage collection. @returns all together, in MB */
  async sampleHeaps(): Promise<number> {
    let sum = 0;
    // One by one: a collection of all at once would stop the whole desk.
    for (const { api, life } of this.#running) {
      api.child.send('heap');
      const [{ dataBytes, codeBytes, connections }] = (await once(api.child, 'message')) as [Holding];
      const hours = (machineMs() - life.bornAt) / 3_600_000;
      life.samples.push({ hours, mb: dataBytes / MB, codeMb: codeBytes / MB, connections });
      sum += (dataBytes + codeBytes) / MB;
    }
    return sum;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map(({ api }) => api.stop()));
  }

  async #startOne(index: number): Promise<{ api: ApiProcess; life: Life }> {
    const api = await ApiProcess.start(this.connection, {
      port: this.firstPort + index,
      nodeOptions: ['--expose-gc'],
      preload: [new URL('./probe.js', import.meta.url)],
      settings: this.settings,
    });
    const life: Life = { process: index, bornAt: machineMs(), samples: [] };
    this.lives.push(life);
    return { api, life };
  }
}
