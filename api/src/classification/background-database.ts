import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import type { Db } from 'pg-boss';

import { DATABASE_CONNECTION, type DatabaseConnection } from '../database/connection.js';

const CONNECTIONS = 2;
const CONNECT_MS = 5_000;
/** No statement of the queue takes this long; a server that is gone without a word must not hold a worker. */
const STATEMENT_MS = 30_000;

/**
 * Two connections of the queue's own, so that background work never takes one from a request. Tells once
 * that the database is away, and once that it is back: the queue itself just tries again.
 */
@Injectable()
export class BackgroundDatabase implements Db {
  readonly #log = new Logger('BackgroundDatabase');
  readonly #pool: pg.Pool;
  #away = false;
  #closed = false;

  constructor(@Inject(DATABASE_CONNECTION) connection: DatabaseConnection) {
    this.#pool = new pg.Pool({
      ...connection,
      max: CONNECTIONS,
      application_name: 'signalbox background',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
      keepAlive: true,
    });
    // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  async executeSql(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    try {
      const result = await this.#pool.query(text, values);
      if (this.#away) this.#log.log('The database is back');
      this.#away = false;
      return result;
    } catch (error) {
      if (isAway(error) && !this.#away && !this.#closed) {
        this.#away = true;
        this.#log.warn(`The database is away: ${(error as Error).message}`);
      }
      throw error;
    }
  }

  /** Statements that are still waiting for a connection fail. */
  close(): Promise<void> {
    this.#closed = true;
    return this.#pool.end();
  }
}

/** True for faults of the connection: no SQLSTATE, or one of a server that stops, starts or has no place left. */
export function isAway(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  // Every SQLSTATE has a digit; the system's EPIPE has none.
  const isState = typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
  return !isState || /^(08|53|57P)/.test(code);
}
