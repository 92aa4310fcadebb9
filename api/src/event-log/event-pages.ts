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

  /**
   * Up to `limit` events with `after` < id <= `upTo` (a position that was read), from memory or the table;
   * null when they could be a part, since the history is another one or the window has left `after` behind.
   */
  async between(after: Cursor, upTo: number, limit: number): Promise<LoggedEvent[] | null> {
    if (this.log.position.epoch !== after.epoch) return null;
    if (this.log.ring.covers(after.id)) return this.log.ring.slice(after.id, upTo, limit);
    const records = await this.database.query<EventRecord>({
      name: 'event-page',
      text: `select ${EVENT_COLUMNS} from event where id > $1 and id <= $2 order by id limit $3`,
      values: [after.id, upTo, limit],
    });
    // Afterwards: events are removed only below a start that was stored before.
    await this.learnFloor();
    if (this.log.position.epoch !== after.epoch || this.log.floor.id > after.id) return null;
    return records.map(toLoggedEvent);
  }

  /** Looks up where the resume window begins: any process may have moved it. */
  async learnFloor(): Promise<void> {
    const [floor] = await this.database.query<{ id: string; mark: string }>({
      name: 'event-floor',
      text: 'select floor_id as id, floor_mark as mark from feed',
    });
    if (floor !== undefined) this.log.moveFloor({ id: Number(floor.id), mark: floor.mark });
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
