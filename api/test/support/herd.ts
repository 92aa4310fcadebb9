import { setTimeout as pause } from 'node:timers/promises';

import { WebSocket } from 'ws';

import type { Cursor } from '../../src/contract/cursor.js';
import type { FeedEnvelope, FeedOpened } from '../../src/contract/socket.js';

const TRIES_AGAIN_MS = 250;
const GIVES_UP_MS = 60_000;

/** One of very many: follows the log by the client's rule and keeps no more of it than the ids. */
class LeanFeed {
  readonly ids: number[] = [];
  /** Whether an envelope did not follow, or the server could not serve the cursor. */
  broken: string | null = null;
  #socket: WebSocket | null = null;
  #isClosed = false;

  constructor(
    private readonly where: () => string,
    private readonly token: string,
    public cursor: Cursor,
  ) {}

  /** Tries until the feed is open, from the cursor that it has. @throws after a minute, and when it is closed */
  async open(): Promise<void> {
    const deadline = performance.now() + GIVES_UP_MS;
    while (!(await this.#try())) {
      if (this.#isClosed || performance.now() > deadline) throw new Error(`No feed from ${this.where()}`);
      await pause(TRIES_AGAIN_MS);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
  }

  async #try(): Promise<boolean> {
    const socket = new WebSocket(
      `${this.where().replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    );
    this.#socket = socket;
    const opened = Promise.withResolvers<boolean>();
    socket.on('error', () => opened.resolve(false));
    socket.on('close', () => opened.resolve(false));
    socket.on('message', (data: Buffer) => this.#hear(socket, data.toString(), opened.resolve));
    return opened.promise;
  }

  #hear(socket: WebSocket, frame: string, opened: (done: boolean) => void): void {
    if (frame === '2') socket.send('3');
    else if (frame.startsWith('0')) socket.send(`40${JSON.stringify({ token: this.token })}`);
    else if (frame.startsWith('40')) {
      socket.send(`421${JSON.stringify(['feed:open', { channel: 'board', cursor: this.cursor }])}`);
    } else if (frame.startsWith('431')) {
      const [{ mode, cursor }] = JSON.parse(frame.slice(3)) as [FeedOpened];
      if (mode !== 'resume') this.broken = `opened as ${mode}`;
      this.cursor = cursor;
      opened(true);
    } else if (frame.startsWith('42["feed",')) {
      const [, { epoch, prev, to, mark, events }] = JSON.parse(frame.slice(2)) as [string, FeedEnvelope];
      if (prev !== this.cursor.id) this.broken = `after ${this.cursor.id} came ${prev} to ${to}`;
      this.cursor = { epoch, id: to, mark };
      for (const { id } of events) this.ids.push(id);
    }
  }
}

/** Thousands of sockets at once, each of which must get every event once. */
export class Herd implements Disposable {
  private constructor(readonly feeds: readonly LeanFeed[]) {}

  /**
   * Sockets of clients that have seen the log up to `cursor` and are not connected.
   * @param where each connects to, by its number, asked anew at each try
   */
  static away(
    cursor: Cursor,
    size: number,
    where: (index: number) => string,
    token: (index: number) => string,
  ): Herd {
    return new Herd(
      Array.from({ length: size }, (_, index) => new LeanFeed(() => where(index), token(index), cursor)),
    );
  }

  /** All connect at once; resolves when each has its feed open. */
  async comeBack(): Promise<void> {
    await Promise.all(this.feeds.map((feed) => feed.open()));
  }

  /** How many stand elsewhere than at event `id`. */
  behind(id: number): number {
    return this.feeds.filter(({ cursor }) => cursor.id !== id).length;
  }

  close(): void {
    for (const feed of this.feeds) feed.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
