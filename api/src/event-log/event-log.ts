import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import { DATABASE_CONNECTION, type DatabaseConnection } from '../database/connection.js';
import { DatabaseClock } from './database-clock.js';
import { EventLogReader } from './event-log-reader.js';
import { EVENT_LOG_OPTIONS, type EventLogOptions } from './event-log.options.js';
import { EventRing } from './event-ring.js';
import { identifyHistory } from './history-identity.js';
import { HoldUp } from './hold-up.js';
import { cursorAfter, type LoggedEvent } from './logged-event.js';
import { ReadWaits } from './read-waits.js';
import { checkDatabase, UnsafeDatabaseError } from './startup-checks.js';
import { Wakeup } from './wakeup.js';

/** How long a position may be ahead of this process before it is called unknown: another one may have read further. */
const AHEAD_MS = 2_000;

/** What one read added to the log: all events with `prev` < id <= `position.id`, at least one. */
export interface Slice {
  readonly prev: number;
  readonly position: Cursor;
  readonly events: readonly LoggedEvent[];
}

/** Follows the log. Called in order, one at a time. */
export interface LogFollower {
  /** Synchronous: after it, the follower stands at `slice.position`. */
  onSlice(slice: Slice): void;
  /** The history is another one now: forget everything and begin again at `position`. */
  onReset(position: Cursor, reason: string): Promise<void> | void;
  /** The log was really read, and there is nothing more for now. */
  onRead?(): void;
}

/**
 * The one ordered log of committed changes, as this process has read it. Followers (the fold of stats,
 * the gateway) hear every event once, in order; everything else asks for pages.
 */
@Injectable()
export class EventLog implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(EventLog.name);
  readonly #followers: LogFollower[] = [];
  readonly #wakeup = new Wakeup();
  readonly #waits = new ReadWaits();
  readonly #clock = new DatabaseClock();
  readonly #holdUp: HoldUp;
  readonly ring: EventRing;

  #reader: EventLogReader | null = null;
  #lost: Error | null = null;
  /** Tries in a row that ended without a whole read. */
  #failures = 0;
  /** Why all followers must begin again, until they have. */
  #resetReason: string | null = null;
  #position: Cursor | null = null;
  #floor = { id: 0, mark: '' };
  #listeners = 0;
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DATABASE_CONNECTION) private readonly connection: DatabaseConnection,
    @Inject(EVENT_LOG_OPTIONS) private readonly options: EventLogOptions,
  ) {
    this.#holdUp = new HoldUp(options.idleHolderMs);
    this.ring = new EventRing(options.ringCapacity);
  }

  /** Where this process stands: all up to here was read. */
  get position(): Cursor {
    if (this.#position === null) throw new Error('The event log is not open yet');
    return this.#position;
  }

  /** Whether the log is being read right now. */
  get isUp(): boolean {
    return this.#reader !== null && this.#lost === null;
  }

  /** Milliseconds for which a writer that has not ended has held up later events; 0 when none does. */
  get heldUpMs(): number {
    return this.#holdUp.ms;
  }

  /**
   * The database's clock, milliseconds since 1970: events are dated by it, and all processes agree on it, however
   * wrong the clocks of their machines are.
   */
  now(): number {
    return this.#clock.now();
  }

  /** Where the resume window begins: a cursor below cannot be served. */
  get floor(): { readonly id: number; readonly mark: string } {
    return this.#floor;
  }

  async onModuleInit(): Promise<void> {
    await this.#open();
  }

  /** Followers have taken their places at `position` by now. */
  onApplicationBootstrap(): void {
    this.#loop = this.#run();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#wakeup.wake();
    await this.#loop;
    await this.#reader?.close();
  }

  follow(follower: LogFollower): void {
    this.#followers.push(follower);
  }

  /** Somebody listens live: reads come every `pollMs`. Call the answer when it is over. */
  listen(): () => void {
    this.#listeners += 1;
    this.#wakeup.wake();
    let over = false;
    return () => {
      if (!over) this.#listeners -= 1;
      over = true;
    };
  }

  /** This process has just committed a change: look at once. */
  poke(): void {
    this.#waits.noteWrite();
    this.look();
  }

  /** Reads at once rather than at the next turn. */
  look(): void {
    this.#wakeup.wake();
  }

  /**
   * Resolves when the log has been read since this process's last commit, so that who has just written
   * finds the change in counts and stats too. At once when there is nothing to wait for; never waits
   * longer than `options.settleMs`, since a slow writer elsewhere may hold later ids back.
   */
  settled(): Promise<void> {
    return this.#waits.settled(this.options.settleMs, () => this.isUp);
  }

  /**
   * Reads on until this process stands at `ahead` or above it, for a while: another process may have read further. At
   * once when `ahead` is of another history.
   * @param wanted asked after each read: whether it is still worth the wait
   */
  async reach(ahead: Pick<Cursor, 'epoch' | 'id'>, wanted: () => boolean = () => true): Promise<void> {
    const isAhead = () => ahead.epoch === this.position.epoch && ahead.id > this.position.id;
    if (!isAhead()) return;
    const deadline = performance.now() + AHEAD_MS;
    const stopListening = this.listen();
    try {
      for (let left = AHEAD_MS; left > 0 && isAhead() && wanted(); left = deadline - performance.now())
        await this.nextRead(left);
    } finally {
      stopListening();
    }
  }

  /** Resolves after the next whole read, or after `timeoutMs`. */
  nextRead(timeoutMs: number): Promise<void> {
    return this.#waits.next(timeoutMs);
  }

  /** Moves the start of the resume window; called by whoever has read where it is stored. */
  moveFloor(floor: { id: number; mark: string }): void {
    if (floor.id > this.#floor.id) this.#floor = floor;
  }

  async #open(): Promise<void> {
    this.#lost = null;
    const reader = await EventLogReader.connect(this.connection, this.#clock, (error) => {
      this.#lost = error;
      this.#wakeup.wake();
    });
    try {
      await checkDatabase(reader.client, { fsyncMayBeOff: this.options.fsyncMayBeOff });
      const identity = await identifyHistory(reader.client);
      this.#floor = identity.floor;
      const before = this.#position;
      if (before !== null) {
        this.#resetReason ??= await this.#whyAnotherHistory(reader, before, identity.epoch);
      }
      const reason = this.#resetReason;
      if (before === null || reason !== null) {
        const position = { epoch: identity.epoch, ...(await reader.lastPosition()) };
        this.#position = position;
        // After a restart all clients come back at once: what they missed is read once for all of them.
        const { floor, events } = await reader.tail(position.id, this.options.ringCapacity);
        this.ring.reset(floor, events);
        if (reason !== null) {
          this.#logger.warn(`The log cannot be followed on (${reason}); clients start anew`);
          for (const follower of this.#followers) await follower.onReset(position, reason);
          this.#resetReason = null;
        }
      }
      this.#reader = reader;
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  /** Whether what this process has read is still what the database holds. */
  async #whyAnotherHistory(reader: EventLogReader, before: Cursor, epoch: string): Promise<string | null> {
    if (before.epoch !== epoch) return 'the epoch changed';
    if (before.id === 0) return null;
    return (await reader.markAt(before.id)) === before.mark ? null : 'the last event read is not there';
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        if (this.#reader === null) {
          await this.#open();
          this.#logger.log('The log is being read again');
        }
        await this.#follow(this.#reader!);
      } catch (error) {
        if (this.#stopped) return;
        if (error instanceof UnsafeDatabaseError) this.#logger.error(error.message);
        else if (this.#failures === 0)
          this.#logger.warn(`The log cannot be read: ${(error as Error).message}`);
        await this.#reader?.close();
        this.#reader = null;
        this.#waits.release();
        this.#failures += 1;
        await this.#wakeup.sleep(Math.min(2_000, 50 * 2 ** this.#failures), { ignoreWakes: true });
      }
    }
  }

  /** Reads until the connection is lost or the app stops. */
  async #follow(reader: EventLogReader): Promise<void> {
    while (!this.#stopped) {
      if (this.#lost !== null) throw this.#lost;
      const { written } = this.#waits;
      const { events, drained, heldUp } = await reader.read(this.position.id);
      if (events.length > 0) this.#append(events);
      this.#holdUp.note(heldUp);
      if (!drained) {
        await nextTurn();
        continue;
      }
      this.#failures = 0;
      this.#waits.noteRead(written);
      for (const follower of this.#followers) follower.onRead?.();
      await this.#endIdleHolders(reader);
      // A pause even when poked, so that many small commits share one read.
      await this.#wakeup.sleep(this.#listeners > 0 ? this.options.pollMs : this.options.idlePollMs, {
        atLeastMs: this.options.restMs,
      });
    }
  }

  #append(events: readonly LoggedEvent[]): void {
    const { epoch, id: prev } = this.position;
    this.#position = cursorAfter(epoch, events[events.length - 1]!);
    this.ring.push(events);
    const slice: Slice = { prev, position: this.#position, events };
    try {
      for (const follower of this.#followers) follower.onSlice(slice);
    } catch (error) {
      // Who has not heard of it could only go on with a part.
      this.#resetReason = 'a change could not be passed on';
      throw error;
    }
  }

  async #endIdleHolders(reader: EventLogReader): Promise<void> {
    const ended = await this.#holdUp.endIdleHolders(reader);
    if (ended > 0) this.#logger.warn(`Ended ${ended} idle transaction(s) that held up the feed`);
  }
}
