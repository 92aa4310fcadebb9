import { MikroORM } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import pg, { type Pool, type QueryConfig, type QueryResultRow } from 'pg';

/** A statement for `pg`; with a `name` it is parsed and planned once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** Runs one statement with `$1`, `$2`, … and gives its rows. */
export type SqlExecutor = <Row extends QueryResultRow = QueryResultRow>(
  sql: string,
  params?: unknown[],
) => Promise<{ rows: Row[] }>;

/** Where statements run: on any connection of the pool, or within one transaction. */
export interface Session {
  /** The rows of one statement. @throws pg's DatabaseError, or a connection error */
  query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]>;
  readonly execute: SqlExecutor;
  /** All of `work` or nothing of it; within a transaction it is part of that. */
  transaction<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer>;
}

/**
 * Prepared statements on MikroORM's own pool, for whatever a request waits for: rows come in the wire's
 * shape, so hydrating entities would be paid for nothing, and a command that is one statement is one round
 * trip. Work in the background uses the EntityManager. Values are parsed as `pg` does everywhere
 * (timestamptz as Date), not as MikroORM wants them for its entities.
 */
@Injectable()
export class Database implements Session {
  #pool: Promise<Pool> | null = null;

  constructor(private readonly orm: MikroORM) {}

  /** The rows of one statement. @throws pg's DatabaseError, or a connection error */
  async query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    return (await (await this.pool()).query<Row>(asQuery(statement))).rows;
  }

  readonly execute: SqlExecutor = async (text, values = []) =>
    (await this.pool()).query(asQuery({ text, values }));

  /**
   * One transaction (READ COMMITTED): committed when `work` resolves, rolled back when it throws.
   * @throws what `work` throws, or the commit
   */
  async transaction<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer> {
    const client = await (await this.pool()).connect();
    let broken: Error | undefined;
    try {
      await client.query('begin isolation level read committed');
      const session: Session = {
        query: async (statement) => (await client.query(asQuery(statement))).rows,
        execute: (text, values = []) => client.query(asQuery({ text, values })),
        transaction: (inner) => inner(session),
      };
      const answer = await work(session);
      await client.query('commit');
      return answer;
    } catch (error) {
      // Who was given up on is not asked once more: to close the connection is to roll back.
      if (isGivenUp(error)) broken = error;
      else await client.query('rollback').catch((fault: Error) => (broken = fault));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** One connection for several statements that must share a snapshot; given back afterwards. */
  async snapshot<Answer>(work: (execute: SqlExecutor) => Promise<Answer>): Promise<Answer> {
    const client = await (await this.pool()).connect();
    let fault: Error | undefined;
    try {
      await client.query('begin isolation level repeatable read read only');
      const answer = await work((text, values = []) => client.query(asQuery({ text, values })));
      await client.query('commit');
      return answer;
    } catch (error) {
      fault = error as Error;
      throw error;
    } finally {
      // After a fault the connection's state is not known: it is closed rather than reused.
      client.release(fault);
    }
  }

  private pool(): Promise<Pool> {
    this.#pool ??= this.orm.em.getConnection().getNativeClient() as Promise<Pool>;
    return this.#pool;
  }
}

/** Whether `pg` has waited for an answer for longer than it may. */
const isGivenUp = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout';

const asQuery = (statement: Statement): QueryConfig<unknown[]> => ({ ...statement, types: pg.types });
