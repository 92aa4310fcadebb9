import { Inject, Injectable } from '@nestjs/common';

import { type Environment, ENVIRONMENT } from '../config/environment.js';
import type { EventLogPage, EventLogQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { decodeIdCursor, encodeIdCursor } from '../paging/id-page.js';
import { pageLinks } from '../paging/page-links.js';
import { ProblemError } from '../problems/problem-error.js';
import { anyCase } from './any-case.js';
import { EventLog } from './event-log.js';
import { EVENT_COLUMNS, type EventRecord, toLoggedEvent } from './logged-event.js';

/** Events that one call looks at, at most: what it costs does not depend on how much history there is. */
const STRETCH = 20_000;

/** The last event that a call looks at. */
interface StretchEnd {
  readonly id: number;
  readonly at: string;
}

/** The whole log as administrators search it, newest first. */
@Injectable()
export class EventSearch {
  constructor(
    private readonly log: EventLog,
    private readonly database: Database,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * One page, or what of it lies within the next stretch of the log.
   * @param url the path with query that was asked for
   * @throws ProblemError `invalid` that names `cursor`
   */
  async page(query: EventLogQuery, url: string): Promise<EventLogPage> {
    const { page_size: size } = query;
    const after = query.cursor === undefined ? null : placeOf(query.cursor);
    await this.log.settled();
    // Not beyond what was read: an event with a smaller id may still be about to be committed there.
    const newest = after === null ? this.log.position.id : after - 1;
    const end = await this.#endOfStretch(newest, query.ticket);
    const found = await this.#matches(newest, end?.id ?? 0, query);
    const results = found.slice(0, size);
    const last = found.length > size ? results.at(-1)! : end;
    const retention_days = this.environment.EVENT_RETENTION_DAYS ?? null;
    if (last === null) return { results, next: null, searched_to: null, retention_days };
    const cursor = encodeIdCursor({ direction: 'next', id: last.id });
    const { next } = pageLinks(url, { next: { cursor }, previous: null });
    return { results, next, searched_to: last.at, retention_days };
  }

  /** Null: the log ends before the stretch does. */
  async #endOfStretch(newest: number, ticket: number | undefined): Promise<StretchEnd | null> {
    const [end] = await this.database.query<{ id: string; at: string }>({
      text: `
        select id, ${instantSql('event.at')} as at from event where id = (
          select id from event where id <= $1 ${ticket === undefined ? '' : 'and ticket_id = $3'}
          order by id desc offset $2 limit 1)`,
      values: [newest, STRETCH - 1, ...(ticket === undefined ? [] : [ticket])],
    });
    return end === undefined ? null : { id: Number(end.id), at: end.at };
  }

  /**
   * The first matches from `newest` down to `oldest`, one more than a page holds. Without a name, so that the
   * statement is planned for just these values.
   */
  async #matches(newest: number, oldest: number, query: EventLogQuery): Promise<EventLogPage['results']> {
    const values: unknown[] = [newest, oldest, query.page_size + 1];
    const given = <Value>(value: Value | undefined, condition: (parameter: string) => string) =>
      value === undefined ? '' : `and ${condition(`$${values.push(value)}`)}`;
    const records = await this.database.query<EventRecord>({
      text: `
        select ${EVENT_COLUMNS} from event where id <= $1 and id >= $2
          ${given(query.ticket, (ticket) => `ticket_id = ${ticket}`)}
          ${given(query.type, (types) => `type = any (${types})`)}
          ${given(query.actor, (kinds) => `actor ->> 'kind' = any (${kinds})`)}
          ${given(
            query.search ? anyCase(query.search) : undefined,
            (pattern) => `(actor ->> 'name' ~ ${pattern} or coalesce(event.ticket ->> 'title',
              (select t.title from ticket t where t.id = event.ticket_id)) ~ ${pattern})`,
          )}
        order by id desc limit $3`,
      values,
    });
    return records.map((record) => toLoggedEvent(record).event);
  }
}

/** The id of the last event looked at. @throws ProblemError `invalid` that names `cursor` */
function placeOf(cursor: string): number {
  const { direction, id } = decodeIdCursor(cursor);
  if (direction === 'previous') throw ProblemError.field('cursor', 'was not given here');
  return id;
}
