import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

const RETRY_MAX_MS = 2_000;

const OPTIONS = {
  lazyConnect: true,
  connectTimeout: 2_000,
  // Nobody waits for a Redis that is away: a command fails at once, and the process does without.
  commandTimeout: 1_000,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 10), RETRY_MAX_MS),
} satisfies RedisOptions;

/**
 * The process's way to Redis, where processes share what is good to share and never what must not be lost.
 * Connects in the background and again for ever; that it is away is one log line, and so is that it is back.
 */
export class RedisConnection {
  readonly #logger = new Logger(RedisConnection.name);
  readonly #url: string;
  readonly #clients: Redis[] = [];
  #away = false;
  #closed = false;
  /** For commands; each is rejected at once while Redis is away. */
  readonly client: Redis;

  constructor(url: string) {
    this.#url = url;
    this.client = this.#open('signalbox');
    this.client.on('ready', () => {
      if (this.#away) this.#logger.log('Redis is back');
      this.#away = false;
    });
    this.client.on('error', (error: Error) => {
      if (!this.#away)
        this.#logger.warn(`Redis is away, processes know nothing of each other: ${error.message}`);
      this.#away = true;
    });
  }

  /** Whether commands are answered right now. */
  get isUp(): boolean {
    return this.client.status === 'ready';
  }

  /**
   * Hears a channel on a connection of its own, after each reconnection too.
   * @param onMessage what was published
   * @param onReady called when messages are heard and can be sent from now on: at first, and after each gap
   */
  subscribe(channel: string, onMessage: (message: string) => void, onReady: () => void): void {
    const subscriber = this.#open('signalbox subscriber');
    subscriber.on('message', (_: string, message: string) => onMessage(message));
    subscriber.on('ready', () => {
      // A failure here is a lost connection, after which it is ready again.
      subscriber.subscribe(channel).then(
        () => this.#whenReady(onReady),
        () => {
          if (!this.#closed) subscriber.disconnect(true);
        },
      );
    });
  }

  close(): void {
    this.#closed = true;
    for (const client of this.#clients) client.disconnect();
  }

  #whenReady(callback: () => void): void {
    if (this.client.status === 'ready') callback();
    else this.client.once('ready', callback);
  }

  #open(connectionName: string): Redis {
    const client = new Redis(this.#url, { ...OPTIONS, connectionName });
    // Without a listener an error would be printed for every try.
    client.on('error', () => undefined);
    tellOfProtectedMode(client);
    client.connect().catch(() => undefined);
    this.#clients.push(client);
    return client;
  }
}

/**
 * A Redis in protected mode refuses with words about a password, by which ioredis takes it for one that needs none:
 * it would print that itself, at each try. In other words the refusal is an error like any other.
 */
function tellOfProtectedMode(client: Redis): void {
  const hello = client.hello.bind(client) as (...given: unknown[]) => Promise<unknown[]>;
  client.hello = (async (...given: unknown[]) => {
    try {
      return await hello(...given);
    } catch (error) {
      const isDenied = (error as Error).message.startsWith('DENIED');
      throw isDenied ? new Error('it is in protected mode, and talks to its own machine only') : error;
    }
  }) as typeof client.hello;
}
