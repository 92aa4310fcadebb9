import type { Cursor } from '#contract/cursor';
import type { Ticket } from '#contract/ticket';

import { isPassing, isSignedOut } from '../api/errors.js';
import { backoff, type Clock } from './clock.js';
import { entryOf } from './entry.js';
import type { Reading } from './kept-events.js';
import type { SessionGate } from './session-gate.js';
import type { TicketStore } from './ticket-store.js';

/** What an answer says of tickets. Without `asOf` they are as they were at some moment of the call. */
export interface Snapshot {
  readonly asOf: Cursor | null;
  readonly tickets: readonly Ticket[];
}

/** Something that can be asked again. */
export interface Source<Answer> {
  fetch(signal: AbortSignal | undefined): Promise<Answer>;
  snapshot(answer: Answer): Snapshot;
  /** Whether its answers carry `asOf`, from which the feed can be opened. */
  readonly givesPosition: boolean;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** With it the read does not end with a passing failure, but tells it and tries again. */
  readonly onRetry?: (failure: unknown) => void;
  /** How long to wait before asking, milliseconds. */
  readonly delayMs?: number;
}

export interface ReaderListener {
  /** A position is there, or no read is left that would give one. */
  positioned(): void;
  /** An answer of another history. */
  suspect(): void;
  /** Nobody is signed in any more. */
  signedOut(): void;
}

/** So long a first read waits for the position, milliseconds: a connection that is quick is there by then. */
const POSITION_WITHIN_MS = 300;

/** Reads while the feed is live; see SPEC.md, section K. */
export class Reader {
  readonly #store: TicketStore;
  readonly #clock: Clock;
  readonly #gate: SessionGate;
  readonly #listener: ReaderListener;
  #awaited = 0;

  constructor(store: TicketStore, clock: Clock, gate: SessionGate, listener: ReaderListener) {
    this.#store = store;
    this.#clock = clock;
    this.#gate = gate;
    this.#listener = listener;
  }

  /** Whether a read under way will give a position. */
  get awaitsPosition(): boolean {
    return this.#awaited > 0;
  }

  /**
   * Asks, until an answer can be merged without a gap to the feed, and merges it.
   *
   * @returns the answer that was merged
   * @throws what `fetch` throws, unless it is passing and `onRetry` is given; the signal's reason
   */
  async read<Answer>(source: Source<Answer>, options: ReadOptions = {}): Promise<Answer> {
    if (!source.givesPosition) return this.#repeat(source, options);
    this.#awaited += 1;
    try {
      return await this.#repeat(source, options);
    } finally {
      this.#awaited -= 1;
      if (this.#awaited === 0) this.#listener.positioned();
    }
  }

  /**
   * Begins a first read: with the position, since what was read without is read again once there is one; when
   * that takes long, without. For those that read when they hear of the mooring. Returns how to call it off.
   */
  first(read: () => void): () => void {
    const isAdrift = () => this.#store.replica.cursor === undefined;
    if (isAdrift()) return this.#clock.after(POSITION_WITHIN_MS, () => isAdrift() && read());
    read();
    return () => undefined;
  }

  /** From here on, until `end`, events are kept for an answer. */
  begin(): Reading {
    const { kept, replica } = this.#store;
    return kept.begin(replica.generation, replica.cursor?.id);
  }

  end(reading: Reading): void {
    this.#store.kept.end(reading);
  }

  /** Takes in an answer. Returns false when that would leave a gap to the feed. */
  merge(reading: Reading, { asOf, tickets }: Snapshot): boolean {
    if (reading.generation !== this.#store.replica.generation) return false;
    return asOf === null ? this.#mergeUnplaced(reading, tickets) : this.#mergePlaced(asOf, tickets);
  }

  async #repeat<Answer>(source: Source<Answer>, options: ReadOptions): Promise<Answer> {
    const { signal, onRetry, delayMs = 0 } = options;
    if (delayMs > 0) await this.#pause(delayMs);
    for (let failures = 1; ; failures += 1) {
      if (this.#gate.isShut) await this.#gate.passed();
      signal?.throwIfAborted();
      const answer = await this.#once(source, signal, onRetry);
      if (answer !== undefined) return answer;
      await this.#pause(backoff(failures, this.#clock, 100, 5_000));
    }
  }

  async #once<Answer>(
    source: Source<Answer>,
    signal: AbortSignal | undefined,
    onRetry: ReadOptions['onRetry'],
  ): Promise<Answer | undefined> {
    const reading = this.begin();
    try {
      const answer = await source.fetch(signal);
      signal?.throwIfAborted();
      return this.merge(reading, source.snapshot(answer)) ? answer : undefined;
    } catch (failure) {
      signal?.throwIfAborted();
      if (isSignedOut(failure)) this.#listener.signedOut();
      else if (!isPassing(failure)) throw failure;
      if (!onRetry) throw failure;
      onRetry(failure);
      return undefined;
    } finally {
      this.end(reading);
    }
  }

  #mergePlaced(asOf: Cursor, tickets: readonly Ticket[]): boolean {
    const { replica, kept } = this.#store;
    const entries = tickets.map(entryOf);
    if (replica.cursor === undefined) {
      this.#store.moor(asOf, entries);
      this.#listener.positioned();
      return true;
    }
    if (asOf.epoch !== replica.cursor.epoch) {
      this.#listener.suspect();
      return false;
    }
    if (asOf.id < kept.floor) return false;
    this.#store.merge(kept.catchUp(entries, asOf.id).values());
    return true;
  }

  /**
   * Without a position only what happened since the call began can be newer. Adrift, rows are merged to be looked at until the replica is moored.
   */
  #mergeUnplaced({ since }: Reading, tickets: readonly Ticket[]): boolean {
    const { replica, kept } = this.#store;
    const entries = tickets.map(entryOf);
    if (since === undefined) {
      if (replica.cursor !== undefined) return false;
      this.#store.merge(entries);
      return true;
    }
    if (since < kept.floor) return false;
    this.#store.merge(kept.catchUp(entries, since).values());
    return true;
  }

  #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#clock.after(ms, resolve);
    return promise;
  }
}
