import { randomUUID } from 'node:crypto';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { execute, TEMPLATE, TEST_SERVER, type TestServer } from './test-server.js';

/** A migrated, empty database of one test file. */
export interface TestDatabase extends AsyncDisposable {
  /** As the role that the app runs as, which owns everything in it. */
  readonly connection: DatabaseConnection;
  /** The same database as superuser: for what only a superuser may do. */
  readonly superuser: DatabaseConnection;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** The run's server, which global-setup started. */
export function testServer(): TestServer {
  const server = process.env[TEST_SERVER];
  if (server === undefined) throw new Error('There is no test server: run the tests through jest.');
  return JSON.parse(server) as TestServer;
}

/** Makes a database that nobody else uses, in about 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testServer();
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const owner = server.connection.user;
  await execute(
    server.superuser,
    `create database ${database} owner ${owner} template ${TEMPLATE} strategy file_copy`,
  );
  const drop = () => execute(server.superuser, `drop database if exists ${database} with (force)`);
  return {
    connection: { ...server.connection, database },
    superuser: { ...server.superuser, database },
    drop,
    [Symbol.asyncDispose]: drop,
  };
}
