import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { RedisConnection } from './redis-connection.js';

/** Enough of Redis to be connected to: says the same to each command. */
class FakeRedis {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  reply = '+OK\r\n';
  connections = 0;

  constructor() {
    this.#server = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        const commands = data.toString().match(/^\*\d+\r$/gm)?.length ?? 0;
        socket.write(this.reply.repeat(commands));
      });
    });
  }

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `redis://:secret@127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }
}

describe('RedisConnection', () => {
  let redis: FakeRedis;
  let connection: RedisConnection;
  let said: string[];

  beforeEach(() => {
    redis = new FakeRedis();
    said = [];
    const note = (line: unknown) => void said.push(String(line));
    for (const level of ['log', 'warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation(note);
      jest.spyOn(console, level).mockImplementation(note);
    }
  });
  afterEach(async () => {
    connection.close();
    await redis.close();
    jest.restoreAllMocks();
  });

  const connect = async (): Promise<void> => {
    connection = new RedisConnection(await redis.listen());
    connection.subscribe(
      'channel',
      () => undefined,
      () => undefined,
    );
  };
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await pause(5);
  };

  it.each([
    ['a wrong password', '-WRONGPASS invalid username-password pair or user is disabled.\r\n'],
    ['its protected mode', '-DENIED Redis is running in protected mode and no password is set.\r\n'],
  ])('says once that it is refused, and once that it is let in again: %s', async (_, refusal) => {
    redis.reply = refusal;
    await connect();
    await until(() => redis.connections >= 4);
    expect(said).toEqual([expect.stringMatching(/^Redis is away, processes know nothing of each other: /)]);
    redis.reply = '+OK\r\n';
    await until(() => connection.isUp);
    expect(said.slice(1)).toEqual(['Redis is back']);
  });
});
