import { setImmediate as nextTurn } from 'node:timers/promises';

import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database, type SqlExecutor } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import {
  EVENT_COLUMNS,
  type EventRecord,
  type LoggedEvent,
  toLoggedEvent,
} from '../event-log/logged-event.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { SeriesCells } from './series-cells.js';
import { movementsOfAll } from './series-events.js';

const EVERY_MS = 2_000;
/** Events of one transaction: some tenths of a second. */
const BATCH = 2_000;

const LOCK_POSITION = 'select id, mark, epoch from series_position for update skip locked';
const MARKS = `select (select mark from event where id = $1) as "atTop", (select mark from event where id = $2) as "atPosition"`;
const ADD = `
  insert into series_cell as c (span, cut, at, category, priority, assignee, inflow, outflow, backlog,
                                first_response, resolution)
  select span, cut, to_timestamp(at / 1000), category, priority, assignee, inflow, outflow, backlog,
         first_response, resolution
  from json_to_recordset($1) as r(span smallint, cut smallint, at float8, category text, priority text, assignee text,
    inflow int, outflow int, backlog int, first_response bigint[], resolution bigint[])
  on conflict (span, cut, at, category, priority, assignee) do update set
    inflow = c.inflow + excluded.inflow, outflow = c.outflow + excluded.outflow,
    backlog = c.backlog + excluded.backlog,
    first_response = series_add(c.first_response, excluded.first_response),
    resolution = series_add(c.resolution, excluded.resolution)`;

/**
 * Adds the log up into the cells of `series_cell`, in the background, so that months of it are read at the cost of
 * some thousand rows and writers pay nothing.
 *
 * - A cell is of one hour or day and one combination of facets. Beside the finest (category × priority × assignee)
 *   coarser cuts are kept, since most questions ask for no more: a year of days without filters is 365 rows.
 *   How long things took is a histogram in the cell, for a median cannot be added up.
 * - Each event counts exactly once, also through a crash: the cells and the position up to which they hold the log
 *   are written in one transaction. It need not be durable at once; what is lost is lost whole and added again.
 * - One process adds at a time: whoever holds the lock of the position's row. The others find it taken and leave.
 * - Only events up to where this process has read the log are taken, so none below can still appear. That the
 *   database holds that very history is checked by the mark of its last event.
 * - On a database that has a past, it begins at the log's first event; batches are bounded, and pauses between them
 *   leave room. Until it is there, series are refused rather than shown in part.
 * - In a new epoch the cells are still right when the event at the position is the same one (a dump holds both as
 *   they were together); else the history was written over, and all is added up anew.
 *
 * What a ticket counted for stays counted after it is deleted: then it leaves the backlog, and that is all.
 */
@Injectable()
export class SeriesProjector implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(SeriesProjector.name);
  readonly #task = new RecurringTask('Adding up the series', EVERY_MS, () => this.project());
  /** All up to this position was added, as far as this process knows. */
  #done = '';

  constructor(
    private readonly log: EventLog,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.#task.start('now');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  /**
   * Adds what is in the log by now, unless another process is at it.
   * @param batch events of one transaction
   */
  async project(batch = BATCH): Promise<void> {
    const { epoch, id } = this.log.position;
    const goal = `${epoch} ${id}`;
    while (goal !== this.#done && !this.#task.isStopped) {
      const added = await this.projectBatch(batch);
      if (added === null) return;
      if (added < batch) this.#done = goal;
      await nextTurn();
    }
  }

  /** @returns how many events it took; null when another process is at it, or the database is not the log's */
  async projectBatch(limit: number): Promise<number | null> {
    const { epoch, id: upTo, mark } = this.log.position;
    return this.database.transaction(async ({ execute }) => {
      await execute('set local synchronous_commit = off');
      const { rows: positions } = await execute<Position>(LOCK_POSITION);
      const [position] = positions;
      if (position === undefined) return null;
      const { rows: found } = await execute<Marks>(MARKS, [upTo, position.id]);
      if (upTo > 0 && found[0]!.atTop !== mark) return null;
      const continues = goesOn(position, found[0]!.atPosition, epoch);
      if (!continues) await this.#beginAnew(execute);
      const { rows: records } = await execute<EventRecord>(
        `select ${EVENT_COLUMNS} from event where id > $1 and id <= $2 order by id limit $3`,
        [continues ? position.id : 0, upTo, limit],
      );
      await add(records.map(toLoggedEvent), execute);
      const last = records.at(-1);
      if (last !== undefined || position.epoch !== epoch) {
        await execute(
          'update series_position set epoch = $1, id = coalesce($2, id), mark = coalesce($3, mark)',
          [epoch, last?.id ?? null, last?.mark ?? null],
        );
      }
      return records.length;
    });
  }

  async #beginAnew(execute: SqlExecutor): Promise<void> {
    this.#logger.warn('The history was written over; the series are added up anew');
    await execute('truncate series_cell');
    await execute(`update series_position set id = 0, mark = ''`);
  }
}

interface Position {
  readonly id: string;
  readonly mark: string;
  /** Null before anything was added. */
  readonly epoch: string | null;
}

/** The marks of the event that was read last and of the one at the position; null where there is none. */
interface Marks {
  readonly atTop: string | null;
  readonly atPosition: string | null;
}

/** Whether the cells are of the history that is in the log. The event at the position may have left it by age. */
function goesOn(position: Position, found: string | null, epoch: string): boolean {
  if (position.id === '0') return true;
  return found === null ? position.epoch === epoch : found === position.mark;
}

async function add(events: readonly LoggedEvent[], execute: SqlExecutor): Promise<void> {
  const cells = new SeriesCells();
  for (const movement of await movementsOfAll(events, execute)) cells.add(movement);
  const records = cells.records();
  if (records.length > 0) await execute(ADD, [JSON.stringify(records)]);
}
