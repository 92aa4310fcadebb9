import type { Cursor } from '#contract/cursor';
import type { Problem } from '#contract/problem';
import type { Channel, FeedBeat, FeedEnvelope, FeedOpenAck } from '#contract/socket';
import type { Stats } from '#contract/stats';

import { backoff, type Clock } from './clock.js';
import { step, type Command, type Happening, type Phase } from './connection.js';
import { FeedHealth } from './feed-health.js';
import type { StatsTracker } from './stats-tracker.js';
import type { TicketStore } from './ticket-store.js';
import type { PresenceMessage, Transport, TransportListener } from './transport.js';

/** Without a socket for this long the state is called offline. */
export const OUTAGE_AFTER_MS = 10_000;

/** What the feed says to the rest of the client. */
export interface FeedListener {
  /** Phase, freshness or latency may have changed. */
  status(): void;
  /**
   * The position is lost, and reading afresh is due in `delayMs`. `feed.positioned()` is due once a read
   * gave another position, or none will.
   */
  adrift(delayMs: number): void;
  /** The figures moved. */
  stats(): void;
  /** A feed was opened: who is there comes afresh. */
  opened(): void;
  /** The server is there, which it says at least every 5 s. */
  beat(): void;
  presence(message: PresenceMessage): void;
  /** Nobody is signed in any more. */
  signedOut(): void;
  /** Whether a read under way will give the position. */
  awaitsPosition(): boolean;
}

export interface FeedParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly store: TicketStore;
  readonly stats: StatsTracker;
}

/**
 * Follows the log over a transport: drives the connection's state, judges each envelope by the client's
 * rule, opens the feed again when something does not fit. See SPEC.md, sections C, F and H.
 */
export class Feed implements TransportListener {
  readonly health: FeedHealth;
  readonly #parts: FeedParts;
  readonly #listener: FeedListener;
  #phase: Phase = 'idle';
  #ended: string | null = null;
  /** Which `feed:open` is waited for; the answer to an earlier one means nothing. */
  #opening = 0;
  #failures = 0;
  /** How often the position was lost since the feed last ran. */
  #resets = 0;
  #cancelOutage: (() => void) | undefined;

  constructor(parts: FeedParts, listener: FeedListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.health = new FeedHealth(
      parts.clock,
      () => listener.status(),
      () => this.#happen('gap'),
    );
  }

  get phase(): Phase {
    return this.#phase;
  }

  get isFlowing(): boolean {
    return this.#phase === 'live' || this.#phase === 'resuming';
  }

  /** There is a socket. */
  get isConnected(): boolean {
    return this.isFlowing || this.#phase === 'opening' || this.#phase === 'loading';
  }

  /** Why the server ended it, for people; null unless the phase is `ended` or `signed_out`. */
  get endReason(): string | null {
    return this.#ended;
  }

  start(): void {
    this.#ended = null;
    this.#happen('start');
  }

  stop(): void {
    this.#happen('stop');
  }

  positioned(): void {
    this.#happen('positioned');
  }

  /** Something read does not fit the position: the server is asked what it thinks of it. */
  suspect(): void {
    this.#happen('gap');
  }

  connected(): void {
    const ready = this.#parts.store.replica.cursor !== undefined || !this.#listener.awaitsPosition();
    this.#failures = 0;
    this.#happen(ready ? 'connected' : 'connected-adrift');
  }

  disconnected(online: boolean): void {
    this.#happen('disconnected');
    if (!online) this.#happen('outage');
  }

  refused(problem: Problem): void {
    const reason = problem.detail || problem.title;
    // What is said of a 401 is for programs: it tells how to sign in.
    if (problem.status === 401) return this.signedOut('');
    if (problem.status === 403) return this.signedOut(reason);
    this.#ended = reason;
    this.#happen('refused');
  }

  /** @param reason for people; empty: they were signed out, and nothing more is known */
  signedOut(reason: string): void {
    this.#ended = reason;
    this.#listener.signedOut();
    this.#happen('signed-out');
  }

  feed(envelope: FeedEnvelope): void {
    if (!this.isFlowing) return;
    const { store, stats } = this.#parts;
    if (stats.advance(envelope)) this.#listener.stats();
    const verdict = store.replica.judge(envelope);
    if (verdict === 'gap') this.#happen('gap');
    if (verdict !== 'apply') return;
    store.apply(envelope);
    const last = envelope.events.at(-1);
    if (this.#phase === 'resuming') this.health.resuming();
    else if (last) {
      this.health.changed(last.at);
      this.#listener.status();
    }
  }

  beat({ cursor, at }: FeedBeat): void {
    const { store, stats } = this.#parts;
    const position = store.replica.cursor;
    if (!this.isFlowing || position === undefined) return;
    if (cursor.epoch !== position.epoch) return this.#happen('gap');
    if (cursor.id <= position.id) this.#happen('caught-up');
    const asOf = stats.value?.as_of;
    const figures = asOf?.epoch === position.epoch ? asOf.id : -1;
    this.health.beat(at, { head: cursor.id, rows: position.id, stats: figures });
    this.#listener.beat();
  }

  reset(): void {
    this.#happen('reset');
  }

  stats(stats: Stats): void {
    const position = this.#parts.store.replica.cursor;
    if (position === undefined || position.epoch !== stats.as_of.epoch) return;
    if (this.#parts.stats.receive(stats)) this.#listener.stats();
    if (stats.as_of.id <= position.id) this.#happen('caught-up');
  }

  presence(message: PresenceMessage): void {
    if (this.isFlowing) this.#listener.presence(message);
  }

  sessionEnd({ reason }: { reason: string }): void {
    this.signedOut(reason);
  }

  #happen(happening: Happening): void {
    const before = this.#phase;
    const { phase, command } = step(before, happening);
    this.#phase = phase;
    if (phase !== before) this.#entered(phase);
    if (command !== undefined) this.#carryOut(command);
    if (phase !== before) this.#listener.status();
  }

  #entered(phase: Phase): void {
    this.#cancelOutage?.();
    this.#cancelOutage =
      phase === 'reconnecting' || phase === 'connecting'
        ? this.#parts.clock.after(OUTAGE_AFTER_MS, () => this.#happen('outage'))
        : undefined;
    if (phase === 'live') this.#resets = 0;
    this.health.entered(phase);
  }

  #carryOut(command: Command): void {
    const { transport, store, clock } = this.#parts;
    switch (command) {
      case 'connect':
        return transport.connect(this);
      case 'close':
        return transport.close();
      case 'open':
        return this.#open();
      case 'open-later': {
        const attempt = this.#opening;
        clock.after(backoff(++this.#failures, clock), () => {
          if (this.#phase === 'opening' && attempt === this.#opening) this.#open();
        });
        return;
      }
      case 'load':
        store.replica.castOff();
        // The first time at once; a server that refuses each new position too is not asked in a hot loop.
        this.#load(++this.#resets === 1 ? 0 : backoff(this.#resets - 1, clock));
    }
  }

  #load(delayMs: number): void {
    this.#listener.adrift(delayMs);
    if (this.#listener.awaitsPosition()) return;
    if (delayMs === 0) this.#happen('positioned');
    else this.#parts.clock.after(delayMs, () => this.#happen('positioned'));
  }

  #open(): void {
    const { transport, channel, store, clock } = this.#parts;
    const attempt = ++this.#opening;
    const asked = store.replica.cursor;
    const sentAt = clock.now();
    transport.open(asked ? { channel, cursor: asked } : { channel }, (ack) => {
      if (attempt !== this.#opening || this.#phase !== 'opening') return;
      if (ack !== undefined) this.health.acked(sentAt);
      this.#answered(asked, ack);
    });
  }

  #answered(asked: Cursor | undefined, ack: FeedOpenAck | undefined): void {
    const { store } = this.#parts;
    if (ack === undefined) return this.#happen('open-failed');
    if ('error' in ack) return this.#refusedOpen(ack.error);
    this.#failures = 0;
    // A read gave a position while this was on its way: what lies between the two was never sent.
    if (asked === undefined && store.replica.cursor !== undefined) return this.#open();
    if (asked === undefined && ack.mode !== 'reset') store.moor(ack.cursor, []);
    this.#listener.opened();
    this.#happen(ack.mode === 'reset' ? 'acked-reset' : asked ? 'acked-resume' : 'acked-live');
  }

  #refusedOpen(problem: Problem): void {
    if (problem.status === 401 || problem.status === 403) this.refused(problem);
    else this.#happen('open-failed');
  }
}
