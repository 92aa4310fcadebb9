import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import type { Stats } from '../contract/stats.js';
import { EventLog, type LogFollower, type Slice } from '../event-log/event-log.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { Metrics } from '../metrics/metrics.js';
import { Baseline } from './baseline.js';
import { type FacetFilter, Fold, utcDay } from './fold.js';

const RECONCILE_EVERY_MS = 10 * 60_000;

/**
 * The figures, live: the fold of the log as this process has read it, with a baseline by SQL at start and
 * a comparison with SQL now and then. Reading them costs the same at any number of tickets.
 */
@Injectable()
export class LiveStats implements LogFollower, OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(LiveStats.name);
  readonly #task = new RecurringTask('Comparing the figures with SQL', RECONCILE_EVERY_MS, () =>
    this.reconcile(),
  );
  readonly #onRepaired: (() => void)[] = [];
  #fold = new Fold();
  /** Of which the fold is: that of the log, but while another history is being counted. */
  #position: Cursor | null = null;
  /** Events that came while a baseline was being counted, to be applied on top of it. */
  #meanwhile: LoggedEvent[] | null = null;
  /** Comparisons with SQL that found a difference: an alarm, for it should never happen. */
  drifts = 0;

  constructor(
    private readonly log: EventLog,
    private readonly baseline: Baseline,
    private readonly metrics: Metrics,
  ) {
    log.follow(this);
  }

  /** Of which all figures are. */
  get position(): Cursor {
    if (this.#position === null) throw new Error('Nothing has been counted yet');
    return this.#position;
  }

  async onModuleInit(): Promise<void> {
    await this.#countAt(this.log.position);
  }

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  onSlice({ events, position }: Slice): void {
    for (const event of events) this.#fold.apply(event);
    this.#meanwhile?.push(...events);
    this.#position = position;
  }

  async onReset(position: Cursor): Promise<void> {
    this.#meanwhile = null;
    await this.#countAt(position);
  }

  /** Called after the figures were put right without an event. */
  onRepaired(listener: () => void): void {
    this.#onRepaired.push(listener);
  }

  /** All figures, as of `position`. */
  stats(now = this.log.now()): Stats {
    return { ...this.#fold.figures(utcDay(now)), as_of: this.position };
  }

  /** Exact number of tickets with these facets. */
  count(filter: FacetFilter): number {
    return this.#fold.count(filter);
  }

  /** Exact number of tickets that were created on the UTC days (`utcDay`) from `first` up to, without, `end`. */
  createdOn(first: number, end: number): number {
    return this.#fold.createdOn(first, end);
  }

  /** People's ids and `none`: whoever is not named has no ticket. */
  assignees(): string[] {
    return this.#fold.assignees();
  }

  /**
   * Counts by SQL what the fold should hold at its position and puts it right if it does not.
   * @returns what differed, or null
   */
  async reconcile(): Promise<string | null> {
    const today = utcDay(this.log.now());
    const { epoch, id } = this.position;
    // Another history is being counted already.
    if (this.log.position.epoch !== epoch) return null;
    this.#fold.forgetResolvedBefore(today);
    const held = new Fold(this.#fold);
    this.#meanwhile = [];
    try {
      const counted = await this.baseline.at(id, today);
      if (this.log.position.epoch !== epoch || this.#meanwhile === null) return null;
      const difference = held.difference(counted, today);
      this.metrics.statsComparisons.inc({ result: difference === null ? 'same' : 'drifted' });
      if (difference === null) return null;
      this.drifts += 1;
      this.#logger.error(`The live figures had drifted (${difference}); put right from SQL`);
      for (const event of this.#meanwhile) counted.apply(event);
      this.#fold = counted;
      for (const listener of this.#onRepaired) listener();
      return difference;
    } finally {
      this.#meanwhile = null;
    }
  }

  async #countAt(position: Cursor): Promise<void> {
    this.#fold = await this.baseline.at(position.id, utcDay(this.log.now()));
    this.#position = position;
  }
}
