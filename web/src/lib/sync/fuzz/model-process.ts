import type { FeedOpen, FeedOpenAck, ServerToClientEvents } from '#contract/socket';

import { deltaOf } from './model-stats.js';
import type { ModelServer } from './model-server.js';
import type { Random } from './random.js';
import { count, type Tally } from './tally.js';

/** A message down a connection: its name and what it carries. */
export type Down = {
  [Name in keyof ServerToClientEvents]: {
    readonly name: Name;
    readonly message: Parameters<ServerToClientEvents[Name]>[0];
  };
}[keyof ServerToClientEvents];

/** The server's end of a socket. */
export interface ModelSocket {
  send(down: Down): void;
}

/**
 * One api process: follows the log at its own pace, cuts it at its own points, and serves sockets as the
 * contract says. Several of them share one server.
 */
export class ModelProcess {
  readonly #server: ModelServer;
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #open = new Set<ModelSocket>();
  #epoch: string;
  #position = 0;

  constructor(server: ModelServer, random: Random, tally: Tally) {
    this.#server = server;
    this.#tally = tally;
    this.#random = random;
    this.#epoch = server.epoch;
  }

  /** Index of the last entry that it has read. */
  get position(): number {
    this.#reconnect();
    return this.#position;
  }

  leave(socket: ModelSocket): void {
    this.#open.delete(socket);
  }

  /** Reads on, up to `most` entries, and tells all open sockets. */
  read(most = Number.POSITIVE_INFINITY): void {
    this.#reconnect();
    const from = this.#position;
    this.#position = Math.min(this.#server.length - 1, from + most);
    if (this.#position === from) return;
    const { as_of: _, ...before } = this.#server.statsAt(from);
    const { as_of: __, ...after } = this.#server.statsAt(this.#position);
    this.#broadcast({
      name: 'feed',
      message: this.#slice(from, this.#position, deltaOf(before, after)),
    });
  }

  beat(): void {
    this.#reconnect();
    this.#broadcast({
      name: 'feed:beat',
      message: { cursor: this.#server.cursorAt(this.#position), at: '2026-11-21T09:00:00.000Z' },
    });
  }

  /** It can no longer serve this socket. */
  drop(socket: ModelSocket): void {
    if (!this.#open.delete(socket)) return;
    count(this.#tally, 'reset by the server');
    socket.send({ name: 'feed:reset', message: { reason: 'test' } });
  }

  /** Carries out `feed:open`. @param ack called before anything is sent for it */
  open(socket: ModelSocket, { cursor }: FeedOpen, ack: (answer: FeedOpenAck) => void): void {
    this.#open.delete(socket);
    this.#reconnect();
    if (cursor === undefined) {
      count(this.#tally, 'opened live');
      ack({ mode: 'live', cursor: this.#server.cursorAt(this.#position) });
    } else {
      const from = this.#server.indexOf(cursor);
      // Another process may have read further: it reads on until it is there.
      if (from !== undefined && from > this.#position) this.read(from - this.#position);
      if (from === undefined) {
        count(this.#tally, 'refused to resume');
        ack({ mode: 'reset', cursor: this.#server.cursorAt(this.#position) });
        return;
      }
      count(this.#tally, from === this.#position ? 'resumed with nothing missed' : 'resumed');
      ack({ mode: 'resume', cursor });
      for (let at = from; at < this.#position;) {
        const to = Math.min(this.#position, at + 1 + this.#random.below(6));
        socket.send({ name: 'feed', message: this.#slice(at, to, null) });
        at = to;
      }
    }
    this.#open.add(socket);
    socket.send({ name: 'stats', message: this.#server.statsAt(this.#position) });
  }

  #slice(from: number, to: number, stats: ReturnType<typeof deltaOf> | null) {
    const { epoch, id, mark } = this.#server.cursorAt(to);
    const prev = this.#server.cursorAt(from).id;
    return { epoch, prev, to: id, mark, events: this.#server.between(from, to), stats };
  }

  #broadcast(down: Down): void {
    for (const socket of this.#open) socket.send(down);
  }

  /** Another history: it starts at its end. Nobody can be served as before, but not everybody is told. */
  #reconnect(): void {
    if (this.#epoch === this.#server.epoch) return;
    this.#epoch = this.#server.epoch;
    this.#position = this.#server.length - 1;
    if (this.#random.chance(0.3)) return;
    for (const socket of [...this.#open]) this.drop(socket);
  }
}
