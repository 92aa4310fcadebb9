import { MikroORM } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Pool, QueryResultRow } from 'pg';

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

/**
 * Reads outside transactions, on MikroORM's own pool. Lists, pages and counts ask for rows in the wire's
 * shape, so hydrating entities would be paid for nothing; commands use the EntityManager.
 */
@Injectable()
export class Database {
  #pool: Promise<Pool> | null = null;

  constructor(private readonly orm: MikroORM) {}

  /** The rows of one statement. @throws pg's DatabaseError, or a connection error */
  async query<Row extends QueryResultRow>(statement: Statement): Promise<Row[]> {
    const pool = await this.pool();
    return (await pool.query<Row>(statement as Statement & { values: unknown[] })).rows;
  }

  readonly execute: SqlExecutor = async (sql, params) => (await this.pool()).query(sql, params);

  /** One connection for several statements that must share a snapshot; given back afterwards. */
  async snapshot<Answer>(work: (execute: SqlExecutor) => Promise<Answer>): Promise<Answer> {
    const client = await (await this.pool()).connect();
    let fault: Error | undefined;
    try {
      await client.query('begin isolation level repeatable read read only');
      const answer = await work((sql, params) => client.query(sql, params));
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
