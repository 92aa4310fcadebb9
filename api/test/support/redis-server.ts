import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { freePort } from '../../src/demo/free-port.js';

/** Ports that the system gives to nobody by itself; those who start together begin to look at different ones. */
const [LOWEST, HIGHEST] = [10_000, 30_000];

/** Debian's Redis on a port of its own, which keeps nothing when it is killed and comes back empty. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'signalbox-redis-'));
  #process: ChildProcess | null = null;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(randomInt(LOWEST, HIGHEST), '127.0.0.1'));
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves when it takes connections. @throws with what it said when it ends first */
  async restart(): Promise<void> {
    const child = spawn(
      'redis-server',
      [
        ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder],
        ...['--save', '', '--appendonly', 'no'],
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#process = child;
    const said: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('Ready to accept')) return;
      said.push(line);
    }
    throw new Error(`Redis does not start: ${said.join(' / ')}`);
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
