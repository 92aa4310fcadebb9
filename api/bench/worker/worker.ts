import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

import type { Answer, Call, Methods } from './serve.js';

/** A process of the benchmark's own, and typed calls of what it serves. It ends with this process. */
export class Worker<Served extends Methods> {
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #calls = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ call, value, error }: Answer) => {
      const waiting = this.#waiting.get(call);
      this.#waiting.delete(call);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error));
    });
    child.once('exit', (code, signal) => {
      const fault = new Error(`A worker ended with ${signal ?? code}`);
      for (const waiting of this.#waiting.values()) waiting.reject(fault);
      this.#waiting.clear();
    });
  }

  /** @param script the compiled main file, which calls `serve` */
  static start<Served extends Methods>(script: URL): Worker<Served> {
    return new Worker(fork(script, { serialization: 'advanced' }));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Asks the process. @throws what the method threw, or when the process ended */
  call<Name extends keyof Served & string>(
    method: Name,
    argument: Parameters<Served[Name]>[0],
  ): Promise<Awaited<ReturnType<Served[Name]>>> {
    this.#calls += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#calls, waiting);
    this.child.send({ call: this.#calls, method, argument } satisfies Call);
    return waiting.promise as Promise<Awaited<ReturnType<Served[Name]>>>;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
