import { Injectable } from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import { Database } from '../database/database.js';
import { EventLog } from './event-log.js';
import { EVENT_COLUMNS, type EventRecord, type LoggedEvent, toLoggedEvent } from './logged-event.js';

/** Why a cursor cannot be served whole. */
export type Refusal = 'another epoch' | 'from the future' | 'expired' | 'another history';

/** The log as a query: where a cursor stands, and pages of events from it. */
@Injectable()
export class EventPages {
  constructor(
    private readonly log: EventLog,
    private readonly database: Database,
  ) {}

  /** Null when everything after `cursor` can be served, else why not. */
  async refusal(cursor: Cursor): Promise<Refusal | null> {
    const { position, floor } = this.log;
    if (cursor.epoch !== position.epoch) return 'another epoch';
    if (cursor.id > position.id) return 'from the future';
    if (cursor.id < floor.id) return 'expired';
    const mark = await this.#markAt(cursor.id);
    return mark === cursor.mark ? null : 'another history';
  }

  /** Up to `limit` events with `after` < id <= `upTo` (a position that was read), from memory or the table. */
  async between(after: number, upTo: number, limit: number): Promise<LoggedEvent[]> {
    if (this.log.ring.covers(after)) return this.log.ring.slice(after, upTo, limit);
    const records = await this.database.query<EventRecord>({
      name: 'event-page',
      text: `select ${EVENT_COLUMNS} from event where id > $1 and id <= $2 order by id limit $3`,
      values: [after, upTo, limit],
    });
    return records.map(toLoggedEvent);
  }

  async #markAt(id: number): Promise<string | null> {
    const { position, floor, ring } = this.log;
    if (id === 0) return '';
    if (id === position.id) return position.mark;
    if (id === floor.id) return floor.mark;
    const remembered = ring.at(id);
    if (remembered !== undefined) return remembered.mark;
    const rows = await this.database.query<{ mark: string }>({
      name: 'event-mark',
      text: 'select mark from event where id = $1',
      values: [id],
    });
    return rows[0]?.mark ?? null;
  }
}
