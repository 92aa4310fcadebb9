import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { TOKEN } from './caller.js';

const ADD_CALLER = `
  with maker as (insert into person (name, role) values ('Bench', 'admin') returning id)
  insert into api_token (hash, name, scopes, person_id)
  select $1, 'Bench', '{tickets:read,tickets:write,admin}', id from maker`;

/** Room for the pools of an api and of its floor, at every size. */
const SETTINGS = { max_connections: 200 };

/** The run's own PostgreSQL, durable as in production. */
export class BenchServer {
  private constructor(
    private readonly app: DatabaseConnection,
    readonly superuser: DatabaseConnection,
    /** Process id of the postmaster. */
    readonly pid: number,
    readonly version: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** @param keeps whether what is in the folder is used again, and left there; else it is removed before and after */
  static async start(dataDir: string, keeps = false): Promise<BenchServer> {
    const clear = () => (keeps ? Promise.resolve() : rm(dataDir, { recursive: true, force: true }));
    await clear();
    const server = await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
    const file = await readFile(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
    const rows = await query<{ version: string }>(server.superuser, 'select version()');
    const version = rows[0]!.version.split(' ').slice(0, 2).join(' ');
    const pid = Number.parseInt(file, 10);
    return new BenchServer(server.connection, server.superuser, pid, version, async () => {
      await server.stop();
      await clear();
    });
  }

  /** As the role that the app runs as. */
  connection(database: string): DatabaseConnection {
    return { ...this.app, database };
  }

  /** A new, migrated database. */
  async create(database: string): Promise<DatabaseConnection> {
    await query(this.superuser, `create database ${database} owner ${this.app.user}`);
    await migrate(this.connection(database));
    await query(this.connection(database), ADD_CALLER, [createHash('sha256').update(TOKEN).digest()]);
    return this.connection(database);
  }

  async has(database: string): Promise<boolean> {
    const rows = await query(this.superuser, 'select from pg_database where datname = $1', [database]);
    return rows.length > 0;
  }

  /** Nobody may be connected to it. */
  async rename(from: string, to: string): Promise<void> {
    await query(this.superuser, `alter database ${from} rename to ${to}`);
  }

  async drop(database: string): Promise<void> {
    await query(this.superuser, `drop database if exists ${database}`);
  }

  /** A copy of one that nobody is connected to, in the place of an earlier one. */
  async copy(template: string, database: string): Promise<DatabaseConnection> {
    const owner = this.app.user;
    await this.drop(database);
    await query(this.superuser, `create database ${database} owner ${owner} template ${template}`);
    return this.connection(database);
  }

  stop(): Promise<void> {
    return this.end();
  }
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connection: DatabaseConnection,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** The id of the newest event; nobody may be writing. */
export async function lastEvent(connection: DatabaseConnection): Promise<number> {
  const rows = await query<{ id: string }>(connection, 'select max(id) as id from event');
  return Number(rows[0]!.id);
}

/** The connection as the setting `DATABASE_URL`; a URL must name a host, but the socket's folder is what counts. */
export function databaseUrl({ host, user, database }: DatabaseConnection): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}
