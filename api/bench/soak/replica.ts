import { io, type Socket } from 'socket.io-client';

import type { Cursor } from '../../src/contract/cursor.js';
import type { FeedEvent } from '../../src/contract/events.js';
import type { FeedOpenAck } from '../../src/contract/socket.js';
import type { Stats, StatsDelta } from '../../src/contract/stats.js';
import type { TicketRow } from '../../src/contract/ticket.js';
import { leanParser } from '../feed/lean-parser.js';
import { TOKEN } from '../server/caller.js';
import { readEnvelope } from './envelopes.js';

const OPEN_WITHIN_MS = 10_000;
const RECONNECT_MS = { least: 50, most: 500 };
/** People come and go; so sockets are spread evenly again some time after a process has come back without any. */
const STAY_MS = { least: 5_000, most: 90_000 };

/** Where all replicas begin: the tickets as they were at that position. */
export interface Beginning {
  readonly cursor: Cursor;
  readonly rows: readonly TicketRow[];
}

/** What replicas tell the process that they are in. */
export interface ReplicaListener {
  /** One of the desk's addresses, any of them: a balancer does not know better either. */
  chooseUrl(): string;
  /** @param late milliseconds from the change to its receipt. @param caughtUp it was part of a resume */
  received(late: number, caughtUp: boolean): void;
}

const between = ({ least, most }: typeof STAY_MS) => least + Math.random() * (most - least);
const wallMs = () => performance.timeOrigin + performance.now();

/**
 * A client by the rule of contract.md: applies what follows its cursor, and asks from its cursor for whatever it
 * missed. It never loads anew: all that a soak does is within the resume window, so a reset is a fault.
 */
export class Replica {
  readonly rows: Map<number, TicketRow>;
  /** Events applied since they were last proved, in order. */
  log: number[] = [];
  cursor: Cursor;
  stats: Stats | null = null;
  /** Times that it came back to where it was. */
  resumes = 0;
  resets = 0;
  /** Connections that ended. */
  losses = 0;
  gaps = 0;
  #isOpen = false;
  #isClosed = false;
  #wasOpen = false;
  #socket: Socket | null = null;

  constructor(
    { cursor, rows }: Beginning,
    private readonly listener: ReplicaListener,
  ) {
    this.cursor = cursor;
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  /** Whether it has everything up to `id`, and figures of just that position. */
  isAt(id: number): boolean {
    return this.#isOpen && this.cursor.id >= id && this.stats?.as_of.id === this.cursor.id;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  connect(): void {
    const socket = io(this.listener.chooseUrl(), {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      parser: leanParser,
      auth: { token: TOKEN },
    });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#open();
      // Not before it is open: a socket that is disconnected while it connects tells nobody that it has ended.
      setTimeout(() => socket.disconnect(), between(STAY_MS)).unref();
    });
    socket.on('feed', (text: string) => this.#receive(text));
    socket.on('stats', (stats: Stats) => (this.stats = stats));
    socket.on('feed:reset', () => (this.resets += 1));
    socket.once('connect_error', () => this.#connectAgain());
    socket.once('disconnect', () => {
      this.losses += 1;
      this.#connectAgain();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#isOpen = false;
    this.#socket?.disconnect();
  }

  #connectAgain(): void {
    this.#isOpen = false;
    if (this.#isClosed) return;
    setTimeout(() => !this.#isClosed && this.connect(), between(RECONNECT_MS));
  }

  #open(): void {
    const socket = this.#socket!;
    this.#isOpen = false;
    socket
      .timeout(OPEN_WITHIN_MS)
      .emit(
        'feed:open',
        { channel: 'board', cursor: this.cursor },
        (late: Error | null, ack: FeedOpenAck) => {
          if (this.#socket !== socket) return;
          if (late !== null || 'error' in ack) {
            socket.disconnect();
          } else if (ack.mode === 'resume') {
            if (this.#wasOpen) this.resumes += 1;
            this.#wasOpen = true;
            this.#isOpen = true;
          } else {
            this.resets += 1;
          }
        },
      );
  }

  #receive(text: string): void {
    if (!this.#isOpen) return;
    const { envelope, changedAt } = readEnvelope(text);
    const { epoch, prev, to, mark, events, stats } = envelope;
    if (epoch === this.cursor.epoch && to <= this.cursor.id) return;
    if (epoch !== this.cursor.epoch || prev !== this.cursor.id) {
      this.gaps += 1;
      return this.#open();
    }
    const now = wallMs();
    for (const at of changedAt) this.listener.received(now - at, stats === null);
    for (const event of events) this.#apply(event);
    this.cursor = { epoch, id: to, mark };
    if (stats !== null && this.stats?.as_of.id === prev) {
      addDelta(this.stats, stats);
      this.stats = { ...this.stats, as_of: this.cursor };
    }
  }

  #apply({ id, type, ticket_id: ticketId, ticket }: FeedEvent): void {
    this.log.push(id);
    if (ticketId === null) return;
    if (type === 'ticket.deleted') this.rows.delete(ticketId);
    else if (ticket !== undefined) this.rows.set(ticketId, ticket);
  }
}

type Figures = Record<string, number | Record<string, number>>;

function addDelta(stats: Stats, delta: StatsDelta): void {
  const figures = stats as unknown as Figures;
  for (const [key, value] of Object.entries(delta as Figures)) {
    if (key === 'avg_tickets_per_day') figures[key] = value;
    else if (typeof value === 'number') figures[key] = (figures[key] as number) + value;
    else
      for (const [name, count] of Object.entries(value))
        (figures[key] as Record<string, number>)[name]! += count;
  }
}
