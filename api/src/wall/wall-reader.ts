import { Injectable } from '@nestjs/common';

import { CATEGORIES, PRIORITIES } from '../contract/ticket.js';
import type { Wall } from '../contract/wall.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import { EVENT_COLUMNS, type EventRecord, toLoggedEvent } from '../event-log/logged-event.js';
import { wallView } from '../event-log/wall-view.js';
import { UNSOLVED } from '../stats/fold.js';
import { LiveStats } from '../stats/live-stats.js';
import { WallHours } from './wall-hours.js';
import { longestWaiting, newestCritical } from './wall-tickets.js';

/** For so long everybody is given the same one: it says of when it is, and the feed goes on from there. */
const KEEP_MS = 1_000;
const LATEST = 20;

/** All that a display shows. A thousand screens that come back at once cost as much as one. */
@Injectable()
export class WallReader {
  #made: { readonly at: number; readonly wall: Promise<Wall> } | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly live: LiveStats,
    private readonly recent: WallHours,
    private readonly database: Database,
  ) {}

  /** @throws pg's DatabaseError, or a connection error */
  wall(): Promise<Wall> {
    const now = performance.now();
    if (this.#made !== null && now - this.#made.at < KEEP_MS) return this.#made.wall;
    const wall = this.#make();
    const made = { at: now, wall };
    this.#made = made;
    // A failure is for those who waited for it, not for whoever asks next.
    wall.catch(() => {
      if (this.#made === made) this.#made = null;
    });
    return wall;
  }

  async #make(): Promise<Wall> {
    const now = this.log.now();
    await this.log.settled();
    // All of one position, up to the first wait; the rows below may hold later changes, but miss none up to it.
    const stats = this.live.stats(now);
    const hours = this.recent.hours(now);
    const heat = PRIORITIES.flatMap((priority) =>
      CATEGORIES.map((category) => ({
        priority,
        category,
        unsolved: this.live.count({ status: UNSOLVED, priority: [priority], category: [category] }),
      })),
    );
    const [critical, waiting, latest] = await Promise.all([
      newestCritical(this.database),
      longestWaiting(this.database),
      this.#latest(stats.as_of.id),
    ]);
    return {
      stats,
      hours,
      heat,
      newest_critical: critical,
      longest_waiting: waiting,
      latest,
      as_of: stats.as_of,
    };
  }

  async #latest(position: number): Promise<Wall['latest']> {
    const records = await this.database.query<EventRecord>({
      name: 'wall-latest',
      text: `select ${EVENT_COLUMNS} from event where id <= $1 order by id desc limit ${LATEST}`,
      values: [position],
    });
    return records.map((record) => wallView(toLoggedEvent(record).event));
  }
}
