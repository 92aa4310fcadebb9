import { setImmediate as nextTurn } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import type { Cursor } from '../contract/cursor.js';
import type { Series, SeriesCurve, SeriesQuery } from '../contract/series.js';
import { CATEGORIES, PRIORITIES } from '../contract/ticket.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import {
  EVENT_COLUMNS,
  type EventRecord,
  type LoggedEvent,
  toLoggedEvent,
} from '../event-log/logged-event.js';
import { ProblemError } from '../problems/problem-error.js';
import { UNSOLVED } from '../stats/fold.js';
import { LiveStats } from '../stats/live-stats.js';
import type { Movement } from './movements.js';
import { Curve } from './series-curve.js';
import { movementsOfAll } from './series-events.js';
import { pointsOf, rangeOf, type SeriesRange } from './series-range.js';
import {
  includes,
  keyOf,
  type LaterRow,
  readLater,
  readRange,
  type SeriesRow,
  type SeriesSelection,
} from './series-rows.js';

/** Events after the cells' position that a request adds up by itself: what comes between two batches, and bursts. */
const TAIL_MAX = 20_000;
/** Between two of these the event loop goes round: a large answer must not hold up the feed. */
const ROWS_A_TURN = 1_000;
/** Of all curves of an answer together: about 20 MB. */
const POINTS_MAX = 100_000;

/** What the cells hold, and of which position in the log. */
interface Added {
  readonly id: number;
  /** Null before anything was added. */
  readonly epoch: string | null;
  readonly rows: readonly SeriesRow[];
  readonly later: readonly LaterRow[];
}

/** Series as of this process's position in the log: the cells, and the events that are not in them yet. */
@Injectable()
export class SeriesReader {
  constructor(
    private readonly log: EventLog,
    private readonly live: LiveStats,
    private readonly database: Database,
  ) {}

  /** @throws ProblemError `invalid` that names the field, `unavailable` as long as the past is being added up */
  async series(query: SeriesQuery, caller: Identity): Promise<Series> {
    const range = rangeOf(query, this.log.now());
    const selection = selectionOf(query, caller);
    await this.log.settled();
    const added = await this.#added(range, selection);
    // Another process may have read on, and added what it read.
    await this.log.reach({ epoch: added.epoch ?? this.log.position.epoch, id: added.id });
    // Both at the same position: nothing is awaited between them.
    const asOf = this.live.position;
    if (asOf.id < added.id || asOf.epoch !== this.log.position.epoch) throw behind();
    const unsolved = this.#unsolved(selection);

    const curves = new Map([...unsolved.keys()].map((key) => [key, new Curve(range)]));
    const curve = (key: string): Curve => {
      if (!curves.has(key)) curves.set(key, new Curve(range));
      return curves.get(key)!;
    };
    for (const [index, row] of added.rows.entries()) {
      if (index % ROWS_A_TURN === 0) await nextTurn();
      curve(row.key).addRow(row);
    }
    for (const { key, backlog } of added.later) curve(key).addLater(backlog);
    for (const movement of await this.#since(added, asOf)) {
      if (includes(selection, movement)) curve(keyOf(selection, movement)).addMovement(movement);
    }
    const isThere = ([key, course]: [string, Curve]) => !course.isEmpty || unsolved.get(key) !== 0;
    const shown = [...curves].filter(
      (entry) => selection.groupBy !== 'assignee' || selection.assignee !== undefined || isThere(entry),
    );
    if (shown.length * pointsOf(range) > POINTS_MAX) throw tooManyPoints(shown.length);
    const names = await this.#names(selection, [...curves.keys()]);
    const results: SeriesCurve[] = [];
    for (const [key, course] of shown) {
      results.push(course.curve(labelOf(key, names), unsolved.get(key) ?? 0));
      await nextTurn();
    }
    return {
      interval: range.interval,
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      curves: results.sort(selection.groupBy === 'assignee' ? byName : () => 0),
      as_of: asOf,
    };
  }

  /** One snapshot of the cells and their position. */
  #added(range: SeriesRange, selection: SeriesSelection): Promise<Added> {
    return this.database.snapshot(async (execute) => {
      const { rows } = await execute<{ id: string; epoch: string | null }>(
        'select id, epoch from series_position',
      );
      return {
        id: Number(rows[0]!.id),
        epoch: rows[0]!.epoch,
        rows: await readRange(range, selection, execute),
        later: await readLater(range, selection, execute),
      };
    });
  }

  /** What came after the cells' position, up to `asOf`. */
  async #since({ id, epoch }: Added, asOf: Cursor): Promise<Movement[]> {
    const isOfThisHistory = id === 0 || epoch === asOf.epoch;
    if (!isOfThisHistory || asOf.id - id > TAIL_MAX) throw addingUp(isOfThisHistory ? id / asOf.id : 0);
    const events = this.log.ring.covers(id)
      ? this.log.ring.slice(id, asOf.id, TAIL_MAX)
      : await this.#stored(id, asOf.id);
    return movementsOfAll(events, this.database.execute);
  }

  async #stored(after: number, upTo: number): Promise<LoggedEvent[]> {
    const records = await this.database.query<EventRecord>({
      name: 'series-tail',
      text: `select ${EVENT_COLUMNS} from event where id > $1 and id <= $2 order by id`,
      values: [after, upTo],
    });
    return records.map(toLoggedEvent);
  }

  /** Tickets that are unsolved now, by group. */
  #unsolved({ groupBy, ...filter }: SeriesSelection): Map<string, number> {
    const count = (narrower: object) => this.live.count({ ...filter, ...narrower, status: UNSOLVED });
    switch (groupBy) {
      case undefined:
        return new Map([['', count({})]]);
      case 'category':
        return new Map((filter.category ?? CATEGORIES).map((key) => [key, count({ category: [key] })]));
      case 'priority':
        return new Map((filter.priority ?? PRIORITIES).map((key) => [key, count({ priority: [key] })]));
      case 'assignee': {
        const keys = filter.assignee === undefined ? this.live.assignees() : [filter.assignee];
        return new Map(keys.map((key) => [key, count({ assignee: key })]));
      }
    }
  }

  /** Of people by their ids; of nobody else. */
  async #names({ groupBy }: SeriesSelection, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (groupBy !== 'assignee') return new Map();
    const rows = await this.database.query<{ id: string; name: string }>({
      name: 'series-names',
      text: 'select id, name from person where id = any ($1)',
      values: [keys],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

/** @throws ProblemError `invalid` that names `assignee` */
function selectionOf({ category, priority, assignee, group_by: groupBy }: SeriesQuery, caller: Identity) {
  if (assignee === 'me' && caller.person === null) throw ProblemError.field('assignee', 'is nobody here');
  return { category, priority, assignee: assignee === 'me' ? caller.person?.id : assignee, groupBy };
}

/** Whoever is gone is called by their id. */
const labelOf = (key: string, names: ReadonlyMap<string, string>): Pick<SeriesCurve, 'key' | 'name'> =>
  key === '' || key === 'none' ? { key: null, name: null } : { key, name: names.get(key) ?? key };

/** Nobody comes last. */
const byName = (a: SeriesCurve, b: SeriesCurve): number =>
  Number(a.name === null) - Number(b.name === null) || (a.name ?? '').localeCompare(b.name ?? '');

const tooManyPoints = (curves: number) =>
  ProblemError.field('from', `must be nearer to \`to\`: there are ${curves} people to show`);

const behind = () =>
  new ProblemError('unavailable', 'This process has not read the log far enough yet; try again');

const addingUp = (part: number) =>
  new ProblemError(
    'unavailable',
    `The past is being added up (${Math.floor(part * 100)} %); try again later`,
  );
