import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { CATEGORIES, PRIORITIES, STATUSES } from '../../src/contract/values.js';
import type { DatabaseConnection } from '../../src/database/connection.js';
import type { Random } from '../../test/support/random.js';
import type { Tickets } from './tickets.js';

type Deed =
  | 'sql insert'
  | 'sql update'
  | 'sql comment'
  | 'sql delete'
  | 'sql bulk'
  | 'sql transaction'
  | 'sql rollback';

const SESSIONS = 8;
const BULK_ROWS = 20;
const DEADLOCK = '40P01';

/** Writes by plain SQL, as any other program would make them, some of them over a while. */
export class SqlDeeds {
  readonly done = new Map<Deed, number>();
  readonly #pool: pg.Pool;

  constructor(
    connection: DatabaseConnection,
    private readonly tickets: Tickets,
    private readonly random: Random,
  ) {
    this.#pool = new pg.Pool({ ...connection, max: SESSIONS });
  }

  /** @throws pg's DatabaseError; but not of two who wait for each other, one of whom PostgreSQL sends back */
  async one(): Promise<void> {
    const session = await this.#pool.connect();
    try {
      await this.#deed(session);
    } catch (error) {
      await session.query('rollback');
      if ((error as pg.DatabaseError).code !== DEADLOCK) throw error;
    } finally {
      session.release();
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #deed(session: pg.PoolClient): Promise<void> {
    const { random, tickets } = this;
    const dice = random.next();
    if (dice < 0.25) {
      await this.#insert(session);
      this.#count('sql insert');
    } else if (dice < 0.65) {
      await this.#update(session);
      this.#count('sql update');
    } else if (dice < 0.75) {
      await session.query(
        `insert into comment (ticket_id, body, internal)
         select id, 'Said by SQL', true from ticket where id = $1 for key share`,
        [tickets.any()],
      );
      this.#count('sql comment');
    } else if (dice < 0.82) {
      await session.query('delete from ticket where id = $1', [tickets.take()]);
      this.#count('sql delete');
    } else if (dice < 0.85) {
      await session.query(
        `update ticket set priority = (array['low','medium','high','critical'])[1 + (random() * 3)::int]
         where id in (select id from ticket where id >= $1 order by id limit $2)`,
        [tickets.any(), BULK_ROWS],
      );
      this.#count('sql bulk');
    } else {
      await this.#transaction(session);
    }
  }

  /** Several writes in one, over a while; some are taken back. */
  async #transaction(session: pg.PoolClient): Promise<void> {
    await session.query('begin');
    const made = await this.#insert(session, false);
    await this.#update(session);
    await delay(this.random.int(0, 60));
    await this.#update(session);
    const isTakenBack = this.random.chance(0.3);
    await session.query(isTakenBack ? 'rollback' : 'commit');
    if (!isTakenBack) this.tickets.add(made);
    this.#count(isTakenBack ? 'sql rollback' : 'sql transaction');
  }

  /** @param isCommitted whether others may be given it at once */
  async #insert(session: pg.PoolClient, isCommitted = true): Promise<number> {
    const { random } = this;
    const { rows } = await session.query<{ id: string }>(
      `insert into ticket (title, description, category, priority, status)
       values ($1, 'Written by SQL', $2, $3, $4) returning id`,
      [`Row ${random.int(1, 1e9)}`, random.pick(CATEGORIES), random.pick(PRIORITIES), random.pick(STATUSES)],
    );
    const id = Number(rows[0]!.id);
    if (isCommitted) this.tickets.add(id);
    return id;
  }

  async #update(session: pg.PoolClient): Promise<void> {
    const { random } = this;
    const [column, value] = random.pick([
      ['status', random.pick(STATUSES)],
      ['category', random.pick(CATEGORIES)],
      ['title', `Renamed ${random.int(1, 1e9)}`],
      ['description', `Described ${random.int(1, 1e9)}`],
      ['assignee_id', random.pick(['agent-1', 'agent-2', null])],
    ] as const);
    await session.query(`update ticket set ${column} = $2 where id = $1`, [this.tickets.any(), value]);
  }

  #count(deed: Deed): void {
    this.done.set(deed, (this.done.get(deed) ?? 0) + 1);
  }
}
