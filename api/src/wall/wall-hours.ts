import { Injectable, type OnModuleInit } from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import type { Wall } from '../contract/wall.js';
import { Database } from '../database/database.js';
import { EventLog, type LogFollower, type Slice } from '../event-log/event-log.js';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** By the moments of the log's events; `resolved` counts changes to that status, as the figure of the day does. */
const COUNT = `
  select floor(extract(epoch from at) / 3600)::int as hour,
         count(*) filter (where type = 'ticket.created')::int as created,
         count(*) filter (where type = 'ticket.updated')::int as resolved
  from event
  where at >= to_timestamp($1::float8 * 3600) and id <= $2
    and (type = 'ticket.created' or (type = 'ticket.updated' and 'status' = any (changed)
         and changes -> 'status' ->> 1 = 'resolved'))
  group by 1`;

interface Counts {
  created: number;
  resolved: number;
}

const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS);

/** Arrivals and resolutions of the last hours, as a fold of the log: reading them asks the database nothing. */
@Injectable()
export class WallHours implements LogFollower, OnModuleInit {
  #hours = new Map<number, Counts>();

  constructor(
    private readonly log: EventLog,
    private readonly database: Database,
  ) {
    log.follow(this);
  }

  onModuleInit(): Promise<void> {
    return this.onReset(this.log.position);
  }

  async onReset({ id }: Cursor): Promise<void> {
    const rows = await this.database.query<Counts & { hour: number }>({
      text: COUNT,
      values: [hourOf(this.log.now()) - HOURS, id],
    });
    this.#hours = new Map(rows.map(({ hour, ...counts }) => [hour, counts]));
  }

  onSlice({ events }: Slice): void {
    for (const { event } of events) {
      if (event.type === 'ticket.created') this.#at(event.at).created += 1;
      else if (event.type === 'ticket.updated' && event.changes.status?.[1] === 'resolved')
        this.#at(event.at).resolved += 1;
    }
  }

  /** The last 24 hours at the position that this process has read, oldest first. */
  hours(now: number): Wall['hours'] {
    const current = hourOf(now);
    return Array.from({ length: HOURS }, (_, index) => {
      const hour = current - HOURS + 1 + index;
      const { created, resolved } = this.#hours.get(hour) ?? { created: 0, resolved: 0 };
      return { at: new Date(hour * HOUR_MS).toISOString(), created, resolved };
    });
  }

  #at(moment: string): Counts {
    const hour = hourOf(Date.parse(moment));
    const known = this.#hours.get(hour);
    if (known !== undefined) return known;
    // An hour begins: those that nobody can ask for any more go.
    for (const old of this.#hours.keys()) if (old < hour - 2 * HOURS) this.#hours.delete(old);
    const counts = { created: 0, resolved: 0 };
    this.#hours.set(hour, counts);
    return counts;
  }
}
