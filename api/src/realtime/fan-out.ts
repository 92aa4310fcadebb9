import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import type { Stats, StatsCounts } from '../contract/stats.js';
import { EventLog, type LogFollower, type Slice } from '../event-log/event-log.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { Metrics } from '../metrics/metrics.js';
import { LiveStats } from '../stats/live-stats.js';
import { statsDelta } from '../stats/stats-delta.js';
import { CHANNELS, envelope, type FeedServer } from './channels.js';
import { gatherMs } from './flush-policy.js';
import { cutSlowSockets } from './slow-sockets.js';

/** A gathered batch this large goes out at once: waiting would only grow it. */
const ENVELOPE_EVENTS = 500;
const READ_WITHIN_MS = 25;
const BEAT_EVERY_MS = 2_000;
/** A log held up for longer is stale, and a beat would say that it is live. */
const STALE_AFTER_MS = 4_000;
const DAY_MS = 86_400_000;

interface Pending {
  readonly events: readonly LoggedEvent[];
  readonly to: Cursor;
  /** The figures at `to`, so that each envelope's delta is exact at its own end. */
  readonly counts: StatsCounts;
}

/**
 * Sends the log to all open sockets: one broadcast an envelope and channel, gathered so that a busy desk
 * costs few frames. Its own position `sent` lags the log by what is gathered.
 */
@Injectable()
export class FanOut implements LogFollower, OnModuleInit, OnModuleDestroy {
  #server: FeedServer | null = null;
  #pending: Pending[] = [];
  #sent!: Cursor;
  #sentCounts!: StatsCounts;
  #flushTimer: NodeJS.Timeout | null = null;
  #flushDue = false;
  #midnightTimer: NodeJS.Timeout | null = null;
  #lastFlushAt = 0;
  #lastCostMs = 0;
  #lastBeatAt = 0;

  // LiveStats has begun to follow the log by the time it is injected, so at each slice it is ahead of this.
  constructor(
    private readonly log: EventLog,
    private readonly live: LiveStats,
    private readonly metrics: Metrics,
  ) {
    log.follow(this);
    live.onRepaired(() => this.sendStats());
  }

  onModuleInit(): void {
    this.#sent = this.log.position;
    this.#sentCounts = this.live.stats();
    this.#awaitMidnight();
  }

  onModuleDestroy(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    if (this.#midnightTimer !== null) clearTimeout(this.#midnightTimer);
  }

  attach(server: FeedServer): void {
    this.#server = server;
  }

  /** Everything up to here has been sent to every open socket. */
  get sent(): Cursor {
    return this.#sent;
  }

  /** The figures at `sent`. */
  get sentStats(): Stats {
    return { ...this.#sentCounts, as_of: this.#sent };
  }

  onSlice({ events, position }: Slice): void {
    this.#pending.push({ events, to: position, counts: this.live.stats() });
    const waited = performance.now() - this.#lastFlushAt;
    const wait = gatherMs(this.#server?.engine.clientsCount ?? 0, this.#lastCostMs) - waited;
    const gathered = this.#pending.reduce((sum, pending) => sum + pending.events.length, 0);
    if (wait <= 0 || gathered >= ENVELOPE_EVENTS) this.flush();
    else this.#flushTimer ??= setTimeout(() => this.#flushAfterRead(), wait);
  }

  onReset(position: Cursor, reason: string): void {
    this.#pending = [];
    this.#sent = position;
    this.#sentCounts = this.live.stats();
    this.#server?.to([...CHANNELS]).emit('feed:reset', { reason });
    this.#server?.socketsLeave([...CHANNELS]);
  }

  /** The log was read and there was nothing more: say so now and then, which is how a screen knows it is live. */
  onRead(): void {
    if (this.#flushDue) this.flush();
    const now = performance.now();
    if (now - this.#lastBeatAt < BEAT_EVERY_MS) return;
    if (this.log.heldUpMs > STALE_AFTER_MS || this.#server === null) return;
    // A busy desk always has something gathered, and its screens must hear that they are live too.
    if (this.#pending.length > 0) this.flush();
    this.#lastBeatAt = now;
    const at = new Date(this.log.now()).toISOString();
    this.#server.to([...CHANNELS]).emit('feed:beat', { cursor: this.#sent, at });
    this.#cutSlow(this.#server);
  }

  /** Sends what is gathered, now. Afterwards `sent` is the log's position. */
  flush(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    this.#flushDue = false;
    const before = process.threadCpuUsage();
    while (this.#pending.length > 0) this.#sendEnvelope(this.#takeEnvelope());
    const { user, system } = process.threadCpuUsage(before);
    this.#lastFlushAt = performance.now();
    this.#lastCostMs = (user + system) / 1_000;
  }

  /** Absolute figures to everybody: for changes that no event carries (midnight, a repair). */
  sendStats(): void {
    this.flush();
    this.#sentCounts = this.live.stats();
    this.#server?.to([...CHANNELS]).emit('stats', this.sentStats);
  }

  /**
   * Lets the log be read once more and then flushes, so that a change waits for the next flush but not for the
   * reader's next turn before it. A read that takes long is not waited for.
   */
  #flushAfterRead(): void {
    this.#flushDue = true;
    this.#flushTimer = setTimeout(() => this.flush(), READ_WITHIN_MS);
    this.log.look();
  }

  /** As many gathered slices as fit into one envelope, at least one. */
  #takeEnvelope(): Pending {
    let count = 0;
    let events = 0;
    for (const { events: slice } of this.#pending) {
      if (count > 0 && events + slice.length > ENVELOPE_EVENTS) break;
      count += 1;
      events += slice.length;
    }
    const taken = this.#pending.splice(0, count);
    const last = taken[taken.length - 1]!;
    return { ...last, events: taken.flatMap((pending) => pending.events) };
  }

  #sendEnvelope({ events, to, counts }: Pending): void {
    const prev = this.#sent.id;
    const delta = statsDelta(this.#sentCounts, counts);
    this.#sent = to;
    this.#sentCounts = counts;
    if (this.#server === null) return;
    for (const channel of CHANNELS) {
      if (!this.#server.of('/').adapter.rooms.has(channel)) continue;
      this.#server.to(channel).emit('feed', envelope(channel, prev, to, events, delta));
    }
    this.#measure(events);
    this.#cutSlow(this.#server);
  }

  /** By the clock that dates events. */
  #measure(events: readonly LoggedEvent[]): void {
    this.metrics.feedBatch.observe(events.length);
    const oldest = events[0];
    if (oldest === undefined) return;
    this.metrics.feedLag.observe(Math.max(0, this.log.now() - Date.parse(oldest.event.at)) / 1_000);
  }

  #cutSlow(server: FeedServer): void {
    this.metrics.slowSockets.inc(cutSlowSockets(server));
  }

  #awaitMidnight(): void {
    const untilMidnight = DAY_MS - (this.log.now() % DAY_MS);
    this.#midnightTimer = setTimeout(() => {
      this.sendStats();
      this.#awaitMidnight();
    }, untilMidnight + 1);
  }
}
