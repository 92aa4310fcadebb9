import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { API_MAIN } from '../paths.js';
import { databaseUrl } from './bench-server.js';

/** All load comes from one address with one token. */
const UNLIMITED = {
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_SOCKETS: '100000',
};

export interface ApiOptions {
  readonly port: number;
  /** Modules that the process loads first. */
  readonly preload?: readonly URL[];
  readonly nodeOptions?: readonly string[];
  /** Of the environment, besides those that every run has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The built app in a process of its own, as it runs in production. */
export class ApiProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** Resolves when it answers. @throws with what it printed when it does not start */
  static async start(
    connection: DatabaseConnection,
    { port, preload = [], nodeOptions = [], settings = {} }: ApiOptions,
  ): Promise<ApiProcess> {
    const { PATH, HOME } = process.env;
    const child = fork(API_MAIN, {
      env: {
        PATH,
        HOME,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'warn',
        ...UNLIMITED,
        ...settings,
        PARENT_PID: String(process.pid),
        DATABASE_URL: databaseUrl(connection),
      },
      execArgv: [...nodeOptions, ...preload.flatMap((module) => ['--import', module.href])],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('is ready on')) resolve();
      };
      child.stdout!.on('data', hear);
      child.stderr!.on('data', hear);
      child.once('exit', (code) => reject(new Error(`The api ended with ${code}: ${printed}`)));
    });
    return new ApiProcess(child, port);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
