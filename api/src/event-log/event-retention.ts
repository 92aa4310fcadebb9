import { setTimeout as pause } from 'node:timers/promises';

import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';

import { type Environment, ENVIRONMENT } from '../config/environment.js';
import { Database } from '../database/database.js';
import { oneAtATime } from '../database/one-at-a-time.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { Metrics } from '../metrics/metrics.js';
import { EventLog } from './event-log.js';

/** Every closed ticket is looked at each time: a minute for a million of them. */
const EVERY_MS = 6 * 3_600_000;
/** Tickets looked at in one statement, so that no lock is held for long; between two, others have their turn. */
const TICKETS = 500;
const PAUSE_MS = 20;
/**
 * An update is kept while one of its fields still has the value that it gave: the history then says who left each
 * field as it is, and a conflict who changed it.
 */
const PURGE = `
  with settled as materialized (
    select id, field_version from ticket
    where id > $1 and status = 'closed' and updated_at < now() - $2::float8 * interval '1 day'
    order by id limit ${TICKETS}),
  removed as (
    delete from event using settled
    where event.ticket_id = settled.id and event.type = 'ticket.updated' and event.id < $3
      and event.id < (select id from series_position)
      and not exists (
        select from unnest(event.changed) field where (settled.field_version ->> field)::int <= event.version)
    returning event.id)
  select max(id)::float8 as last, count(*)::int as looked, (select count(*)::int from removed) as removed from settled`;

interface Purged {
  readonly last: number | null;
  readonly looked: number;
  readonly removed: number;
}

/**
 * Removes what has long been overwritten: of tickets that have been closed and left alone for EVENT_RETENTION_DAYS,
 * the updates that later ones made void. Never within the resume window, nor before the series have counted it.
 * Creation, comments and deletion stay, and every event of a ticket that is not closed.
 *
 * Of several processes one is at it: whoever finds another within a batch leaves the rest to it.
 */
@Injectable()
export class EventRetention implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(EventRetention.name);
  readonly #task = new RecurringTask('Removing old events', EVERY_MS, () => this.purge());

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly log: EventLog,
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.EVENT_RETENTION_DAYS !== undefined) this.#task.start('soon');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  /** @returns how many events were removed */
  async purge(): Promise<number> {
    const days = this.environment.EVENT_RETENTION_DAYS;
    if (days === undefined) return 0;
    let total = 0;
    for (let after = 0; !this.#task.isStopped; await pause(PAUSE_MS)) {
      const purged = await this.#purgeAfter(after, days);
      if (purged === null) break;
      total += purged.removed;
      if (purged.looked < TICKETS) break;
      after = purged.last!;
    }
    if (total > 0) this.#logger.log(`Removed ${total} updates that later ones had made void`);
    return total;
  }

  /** The next batch, of tickets with greater ids; null when another process is at it. */
  async #purgeAfter(ticket: number, days: number): Promise<Purged | null> {
    const rows = await oneAtATime(this.database, 'event retention', ({ query }) =>
      query<Purged>({ text: PURGE, values: [ticket, days, this.log.floor.id] }),
    );
    if (rows === null) return null;
    const purged = rows[0]!;
    this.metrics.removed.inc({ kind: 'event' }, purged.removed);
    return purged;
  }
}
