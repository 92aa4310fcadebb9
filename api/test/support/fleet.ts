import type { DatabaseConnection } from '../../src/database/connection.js';
import { ApiProcess, type ApiProcessOptions } from './api-process.js';

/** All load of a test comes from one address. */
const UNLIMITED = {
  RATE_LIMIT_SIGN_IN: '1000000',
  RATE_LIMIT_CREATE: '1000000',
  RATE_LIMIT_CLASSIFY: '1000000',
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_SOCKETS: '100000',
};

export interface FleetOptions extends ApiProcessOptions {
  /** Of every process, over what lifts the rate limits. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Several real api processes on one database. Each has a place, from 0 on, which it keeps when it starts anew. */
export class Fleet {
  readonly #processes: ApiProcess[] = [];
  readonly #urls: string[] = [];

  private constructor(
    private readonly connection: DatabaseConnection,
    private readonly options: FleetOptions,
  ) {}

  static async start(
    connection: DatabaseConnection,
    size: number,
    options: FleetOptions = {},
  ): Promise<Fleet> {
    const fleet = new Fleet(connection, options);
    try {
      await fleet.grow(size);
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  /** Where each process answers, or answered last: the same array for ever, with a new address after a restart. */
  get urls(): readonly string[] {
    return this.#urls;
  }

  get processes(): readonly ApiProcess[] {
    return this.#processes;
  }

  /** Starts `count` more, at once. */
  async grow(count: number): Promise<void> {
    const first = this.#processes.length;
    const started = await Promise.allSettled(Array.from({ length: count }, () => this.#start()));
    for (const [index, start] of started.entries()) {
      if (start.status === 'fulfilled') this.#seat(first + index, start.value);
    }
    const failed = started.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  }

  /** Ends the process at a place; nobody answers there until it is started anew. */
  async end(place: number, signal: NodeJS.Signals): Promise<void> {
    await this.#processes[place]!.end(signal);
  }

  /** Ends the process at a place and starts another there. */
  async restart(place: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.end(place, signal);
    this.#seat(place, await this.#start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((api) => api.end()));
  }

  #seat(place: number, api: ApiProcess): void {
    this.#processes[place] = api;
    this.#urls[place] = api.url;
  }

  #start(): Promise<ApiProcess> {
    const settings = { ...UNLIMITED, ...this.options.settings, DATABASE_URL: urlOf(this.connection) };
    return ApiProcess.start(settings, this.options);
  }
}

/** The connection as the setting `DATABASE_URL`; a URL must name a host, but the socket's folder is what counts. */
const urlOf = ({ host, port, user, database }: DatabaseConnection) =>
  `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
