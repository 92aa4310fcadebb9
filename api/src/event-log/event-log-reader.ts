import pg from 'pg';

import type { DatabaseConnection } from '../database/connection.js';
import type { DatabaseClock } from './database-clock.js';
import { EVENT_COLUMNS, type EventRecord, type LoggedEvent, toLoggedEvent } from './logged-event.js';

/** Events read at once: large enough to catch up fast, small enough to keep the event loop free. */
export const PAGE_SIZE = 500;

/** First half of the lock key that marks a writer of events (see `feed_enter` in the migrations). */
const LOCK_CLASS = 77;

const TOP = {
  name: 'feed-top',
  text: 'select last_value as top, (extract(epoch from clock_timestamp()) * 1000)::float8 as now from event_id_seq',
};
const FLOOR = {
  name: 'feed-floor',
  text: `select min(((classid::bigint << 32) | objid::bigint) - (${LOCK_CLASS}::bigint << 48)) as floor
         from pg_locks where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 16 = ${LOCK_CLASS}
         and database = (select oid from pg_database where datname = current_database())`,
};
const SLICE = {
  name: 'feed-slice',
  text: `select ${EVENT_COLUMNS} from event where id > $1 and id <= $2 order by id limit ${PAGE_SIZE}`,
};
/** In one snapshot with the floor: whoever moves that removes events below it only afterwards. */
const TAIL = `
  select feed.floor_id, tail.* from feed left join lateral (
    select ${EVENT_COLUMNS} from event where id > feed.floor_id and id <= $1 order by id desc limit $2) tail on true
  order by tail.id`;
const END_IDLE_HOLDERS = `
  select pid, pg_terminate_backend(pid) as ended from (
    select distinct l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.objsubid = 1 and l.classid::bigint >> 16 = ${LOCK_CLASS}
      and l.database = (select oid from pg_database where datname = current_database())
      and a.state like 'idle in transaction%' and a.state_change < clock_timestamp() - $1::float8 * interval '1 ms') holders`;

/** What one look at the log found. */
export interface ReadResult {
  readonly events: readonly LoggedEvent[];
  /** False while more can be read at once. */
  readonly drained: boolean;
  /** Whether a writer that has taken its place in the order has not ended yet. */
  readonly heldUp: boolean;
}

interface TopRow {
  readonly top: string;
  /** The database's clock, milliseconds since 1970. */
  readonly now: number;
}

/**
 * Reads the log in commit order over one connection of its own, on the primary.
 *
 * A writer takes, at its commit and before its first event id, a shared advisory lock whose key holds
 * the sequence's last value: a position below all ids it will take. PostgreSQL makes a commit visible
 * before it releases the locks. So with
 *   1. `top`, the sequence's last value,
 *   2. then `floor`, the least position among the locks held,
 *   3. and only then the events up to min(top, floor),
 * each id up to that bound is committed and visible, or will never be: a writer that ends between 2 and
 * 3 only adds rows that were covered, and one that begins after 1 takes ids above `top`. These must be
 * three statements (each with a snapshot of its own, READ COMMITTED) in this order.
 *
 * The position moves to the last id read, never to the bound: the log has holes and nothing is inferred
 * from them.
 */
export class EventLogReader {
  /** All up to this sequence value has been read: nothing to do until the sequence moves on. */
  #drainedTo = -1;

  private constructor(
    readonly client: pg.Client,
    private readonly clock: DatabaseClock,
  ) {}

  /**
   * @param clock is set by each look
   * @param onLost called once when the database goes later
   * @throws when it is not there
   */
  static async connect(
    connection: DatabaseConnection,
    clock: DatabaseClock,
    onLost: (error: Error) => void,
  ): Promise<EventLogReader> {
    const client = new pg.Client({
      ...connection,
      application_name: 'signalbox feed',
      connectionTimeoutMillis: 5_000,
      // Above the server's own limit: for a network that swallows everything.
      query_timeout: 35_000,
      keepAlive: true,
    });
    let lost = false;
    const lose = (error: Error) => {
      if (!lost) onLost(error);
      lost = true;
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('The connection was closed')));
    await client.connect();
    await client.query("set default_transaction_isolation = 'read committed'; set statement_timeout = '30s'");
    return new EventLogReader(client, clock);
  }

  /** Reads what is safe after `position`, at most one page. */
  async read(position: number): Promise<ReadResult> {
    const top = await this.#top();
    if (top === this.#drainedTo) return { events: [], drained: true, heldUp: false };
    const safe = await this.#safeUpTo(top);
    const { rows } = await this.client.query<EventRecord>({ ...SLICE, values: [position, safe] });
    const drained = rows.length < PAGE_SIZE;
    if (drained) this.#drainedTo = safe;
    return { events: rows.map(toLoggedEvent), drained, heldUp: safe < top };
  }

  /** The last event that can be relied on, or 0 and '' where the log is empty. */
  async lastPosition(): Promise<{ id: number; mark: string }> {
    const safe = await this.#safeUpTo(await this.#top());
    const { rows } = await this.client.query<{ id: string; mark: string }>(
      'select id, mark from event where id <= $1 order by id desc limit 1',
      [safe],
    );
    return rows[0] === undefined ? { id: 0, mark: '' } : { id: Number(rows[0].id), mark: rows[0].mark };
  }

  /**
   * The last events up to `position`, which was read, and the id after which these are all: at most `most` of them,
   * none from before the resume window.
   */
  async tail(position: number, most: number): Promise<{ floor: number; events: LoggedEvent[] }> {
    const { rows } = await this.client.query<EventRecord & { floor_id: string }>(TAIL, [position, most + 1]);
    const floor = Number(rows[0]!.floor_id);
    const events = rows.filter(({ id }) => id !== null).map(toLoggedEvent);
    // One more than asked for: there may be others before it, and nothing between it and the next.
    const surplus = events.length > most ? events.shift() : undefined;
    return { floor: surplus?.event.id ?? floor, events };
  }

  /** The mark of the event at exactly `id`, or null where there is none. */
  async markAt(id: number): Promise<string | null> {
    const { rows } = await this.client.query<{ mark: string }>('select mark from event where id = $1', [id]);
    return rows[0]?.mark ?? null;
  }

  /**
   * Ends sessions that hold a place in the order but have sat idle for `idleMs` (SET CONSTRAINTS
   * IMMEDIATE, then nothing), where permitted. A prepared transaction cannot be ended: it has no session.
   * @returns how many were ended
   */
  async endIdleHolders(idleMs: number): Promise<number> {
    const { rows } = await this.client.query<{ ended: boolean }>(END_IDLE_HOLDERS, [idleMs]);
    return rows.filter(({ ended }) => ended).length;
  }

  async #top(): Promise<number> {
    const asked = performance.now();
    const { top, now } = (await this.client.query<TopRow>(TOP)).rows[0]!;
    this.clock.look(now, asked, performance.now());
    return Number(top);
  }

  /** @param top must have been read before */
  async #safeUpTo(top: number): Promise<number> {
    const { floor } = (await this.client.query<{ floor: string | null }>(FLOOR)).rows[0]!;
    return floor === null ? top : Math.min(top, Number(floor));
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
