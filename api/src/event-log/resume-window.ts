import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { type Environment, ENVIRONMENT } from '../config/environment.js';
import { Database } from '../database/database.js';
import { removeInBatches } from '../database/remove-in-batches.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { EventLog } from './event-log.js';
import { EventPages } from './event-pages.js';

const EVERY_MS = 10 * 60_000;

/**
 * Moves the start of the resume window: the last FEED_WINDOW_DAYS, and at most FEED_WINDOW_EVENTS events.
 * The floor is a stored id with its mark; the clock only chooses it. Below the floor, the events of
 * deleted tickets are removed, but for the deletion itself, by which the ticket answers 410.
 */
@Injectable()
export class ResumeWindow implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task = new RecurringTask('Moving the resume window', EVERY_MS, () => this.advance());

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly log: EventLog,
    private readonly pages: EventPages,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  /** Moves the floor as far as the settings say, then removes what nobody can ask for any more. */
  async advance(): Promise<void> {
    await this.database.query({
      text: `
        with young as (
          -- from the floor on, so that only what has grown old since is looked at
          select id from event
          where id > (select floor_id from feed) and at >= clock_timestamp() - $1::float8 * interval '1 day'
          order by id limit 1),
        bounds as (
          select greatest(
            (select coalesce(max(id), 0) from event where id < coalesce((select id from young), $3::bigint + 1)),
            (select coalesce(min(id), 0) from (select id from event where id <= $3 order by id desc limit 1 offset $2) o)
          ) as id),
        chosen as (select e.id, e.mark from event e join bounds b on e.id = b.id where e.id <= $3)
        update feed set floor_id = chosen.id, floor_mark = chosen.mark from chosen
        where feed.floor_id < chosen.id`,
      values: [this.environment.FEED_WINDOW_DAYS, this.environment.FEED_WINDOW_EVENTS, this.log.position.id],
    });
    // Another process may have moved it, even further.
    await this.pages.learnFloor();
    await this.#removeDeadEvents(this.log.floor.id);
  }

  /**
   * The events of tickets whose deletion has left the window. Only once the floor is stored, for until then somebody
   * may resume among them; how far they are gone is stored too, so that what a stop leaves behind is made up.
   */
  async #removeDeadEvents(floor: number): Promise<void> {
    const [feed] = await this.database.query<{ cleared: number }>({
      text: 'select cleared_id::float8 as cleared from feed',
    });
    const { cleared } = feed!;
    if (cleared >= floor) return;
    await removeInBatches(async (limit) => {
      const rows = await this.database.query({
        text: `
          delete from event where id in (
            select distinct e.id from event e join event d on d.ticket_id = e.ticket_id and e.id < d.id
            where d.type = 'ticket.deleted' and d.id > $3 and d.id <= $1 and e.type <> 'ticket.deleted'
            limit $2)
          returning true`,
        values: [floor, limit, cleared],
      });
      return rows.length;
    }, this.#task);
    if (this.#task.isStopped) return;
    await this.database.query({
      text: 'update feed set cleared_id = $1 where cleared_id < $1',
      values: [floor],
    });
  }
}
