import { io, type Socket } from 'socket.io-client';

import type { Cursor } from '../../src/contract/cursor.js';
import type { FeedEvent } from '../../src/contract/events.js';
import type {
  Channel,
  ClientToServerEvents,
  FeedEnvelope,
  FeedOpenAck,
  ServerToClientEvents,
} from '../../src/contract/socket.js';
import type { Stats, StatsCounts, StatsDelta } from '../../src/contract/stats.js';
import type { TicketRow } from '../../src/contract/ticket.js';
import { AGENT } from './sign-in.js';

export type FeedSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Ways to be wrong on purpose: each must be found out by the oracle. */
export interface Faults {
  /** Takes the first envelope of each replay as applied without applying it. */
  readonly dropsReplaySlice?: boolean;
  /** Keeps tickets that were deleted. */
  readonly skipsDeletes?: boolean;
  /** Merges a snapshot without the events that it did not see. */
  readonly mergesStaleSnapshots?: boolean;
}

/** What a client shows at its handshake; a cookie with the desk's own origin unless `origin` is another, or null: none. */
export type Shown =
  | {
      readonly cookie: string;
      readonly origin?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly token: string };

/** A socket as a browser or a script opens it, not open yet. */
export function connectSocket(url: string, shown: Shown): FeedSocket {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true };
  if ('token' in shown) return io(url, { ...options, auth: { token: shown.token } });
  const { cookie, origin = new URL(url).origin, headers = {} } = shown;
  const extraHeaders = { ...headers, cookie, ...(origin === null ? {} : { origin }) };
  return io(url, { ...options, extraHeaders });
}

interface SnapshotPage {
  results: TicketRow[];
  next: string | null;
  as_of: Cursor;
}

/**
 * A client by the letter of contract.md, written apart from the web's sync client so that one cannot
 * hide the other's mistakes. Holds a full replica: the snapshot it loaded and every event since.
 */
export class FeedClient {
  readonly rows = new Map<number, TicketRow>();
  /** Ids of all events applied, in order, by epoch. */
  readonly applied: number[] = [];
  readonly deleted = new Set<number>();
  stats: Stats | null = null;
  cursor: Cursor | null = null;
  firstCursor: Cursor | null = null;
  resets = 0;
  resumes = 0;
  /** What the last beat said the time is; null before the first. */
  beatAt: string | null = null;
  /** Set while connected and all envelopes are in order. */
  isOpen = false;
  #opening = false;
  #replaying = false;
  #kept: FeedEvent[] = [];
  socket: FeedSocket | null = null;

  constructor(
    private url: string,
    readonly channel: Channel = 'board',
    private readonly faults: Faults = {},
    private readonly shown: Shown = { cookie: AGENT.cookie },
  ) {}

  /** Connects; opens from the cursor it has, or live. Resolves when the feed is open. */
  async connect(url = this.url): Promise<void> {
    this.url = url;
    const socket = connectSocket(url, this.shown);
    this.socket = socket;
    socket.on('feed', (envelope) => this.socket === socket && this.#receive(envelope));
    socket.on('stats', (stats) => {
      const known = this.stats?.as_of;
      // Older ones, that came again, are dropped: web/src/lib/sync/SPEC.md, S1.
      const isOld = known?.epoch === stats.as_of.epoch && stats.as_of.id < known.id;
      if (this.socket === socket && !isOld) this.stats = stats;
    });
    socket.on('feed:beat', ({ at }) => (this.beatAt = at));
    socket.on('feed:reset', () => {
      if (this.socket === socket) void this.#startAnew().catch(() => undefined);
    });
    socket.on('disconnect', () => {
      if (this.socket === socket) this.isOpen = false;
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
      // A connection that ends before the namespace is entered is told by its manager alone.
      socket.io.once('close', (reason) => reject(new Error(reason)));
    });
    await this.open();
  }

  get #headers(): Record<string, string> {
    const { shown } = this;
    return 'token' in shown ? { authorization: `Bearer ${shown.token}` } : { cookie: shown.cookie };
  }

  disconnect(): void {
    this.isOpen = false;
    const socket = this.socket;
    this.socket = null;
    socket?.disconnect();
  }

  async open(): Promise<void> {
    const socket = this.socket;
    if (socket === null || this.#opening) return;
    this.#opening = true;
    const asked = this.cursor;
    try {
      const message = asked === null ? { channel: this.channel } : { channel: this.channel, cursor: asked };
      const answer: FeedOpenAck = await new Promise((resolve, reject) => {
        socket.once('disconnect', () => reject(new Error('disconnected before the ack')));
        socket.timeout(30_000).emit('feed:open', message, (error: Error | null, ack: FeedOpenAck) => {
          if (error) reject(error);
          // Here and not after an await: envelopes may follow in the same turn.
          else {
            if (this.socket === socket && 'mode' in ack && ack.mode !== 'reset') {
              this.#opening = false;
              this.isOpen = true;
              this.#replaying = ack.mode === 'resume';
              this.cursor = ack.cursor;
              this.firstCursor ??= ack.cursor;
            }
            resolve(ack);
          }
        });
      });
      if (this.socket !== socket) return;
      if ('error' in answer) throw new Error(answer.error.detail);
      if (answer.mode === 'resume') this.resumes += 1;
      if (answer.mode === 'reset') {
        this.#opening = false;
        await this.#startAnew();
      }
    } finally {
      this.#opening = false;
    }
  }

  /** Reads all tickets over REST while events go on, and merges them by the rule of contract.md. */
  async loadSnapshot(
    beforeMerge: (rows: readonly TicketRow[]) => Promise<void> = async () => undefined,
  ): Promise<void> {
    this.#kept = [];
    let next: string | null = '/api/tickets?page_size=100';
    while (next !== null) {
      const response: Response = await fetch(new URL(next, this.url), { headers: this.#headers });
      if (!response.ok) throw new Error(`snapshot: ${response.status} ${await response.text()}`);
      const page = (await response.json()) as SnapshotPage;
      await beforeMerge(page.results);
      const missed = this.#kept.filter(({ id }) => id > page.as_of.id);
      for (const { description: _, ...row } of page.results as (TicketRow & { description?: string })[]) {
        if (this.faults.mergesStaleSnapshots) {
          this.rows.set(row.id, row);
          continue;
        }
        if (this.deleted.has(row.id)) continue;
        const known = this.rows.get(row.id);
        if (known === undefined || known.version < row.version) this.rows.set(row.id, row);
      }
      if (!this.faults.mergesStaleSnapshots) for (const event of missed) this.#applyToRows(event);
      next = page.next;
    }
  }

  async #startAnew(): Promise<void> {
    this.resets += 1;
    this.isOpen = false;
    this.cursor = null;
    this.firstCursor = null;
    this.applied.length = 0;
    this.rows.clear();
    this.deleted.clear();
    this.stats = null;
    await this.open();
    await this.loadSnapshot();
  }

  #receive(envelope: FeedEnvelope): void {
    if (!this.isOpen || this.cursor === null) return;
    if (envelope.epoch === this.cursor.epoch && envelope.to <= this.cursor.id) return;
    if (envelope.epoch !== this.cursor.epoch || envelope.prev !== this.cursor.id) {
      this.isOpen = false;
      void this.open().catch(() => undefined);
      return;
    }
    const dropped = this.#replaying && this.faults.dropsReplaySlice === true;
    this.#replaying = false;
    if (!dropped) {
      for (const event of envelope.events) this.#apply(event);
    }
    this.cursor = { epoch: envelope.epoch, id: envelope.to, mark: envelope.mark };
    if (envelope.stats !== null && this.stats?.as_of.id === envelope.prev) {
      this.stats = { ...addDelta(this.stats, envelope.stats), as_of: this.cursor };
    }
  }

  #apply(event: FeedEvent): void {
    this.applied.push(event.id);
    this.#kept.push(event);
    this.#applyToRows(event);
  }

  #applyToRows(event: FeedEvent): void {
    const id = event.ticket_id;
    if (id === null) return;
    if (event.type === 'ticket.deleted') {
      if (this.faults.skipsDeletes) return;
      this.rows.delete(id);
      this.deleted.add(id);
    } else if (event.ticket !== undefined && !this.deleted.has(id)) {
      const known = this.rows.get(id);
      if (known === undefined || event.ticket.version > known.version) this.rows.set(id, event.ticket);
    }
  }
}

/** The figures after a delta. */
export function addDelta(stats: StatsCounts, delta: StatsDelta): StatsCounts {
  const sum = structuredClone(stats) as unknown as Record<string, number | Record<string, number>>;
  for (const [key, value] of Object.entries(delta) as [string, number | Record<string, number>][]) {
    if (key === 'avg_tickets_per_day') sum[key] = value;
    else if (typeof value === 'number') sum[key] = (sum[key] as number) + value;
    else
      for (const [name, count] of Object.entries(value)) (sum[key] as Record<string, number>)[name]! += count;
  }
  return sum as unknown as StatsCounts;
}
