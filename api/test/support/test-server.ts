import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';
import { addAgent } from './sign-in.js';

/** The database that every test database is a copy of: migrated and empty. */
export const TEMPLATE = 'template_migrated';

/** Where a test run's server is; handed to the test files as JSON in the environment. */
export interface TestServer {
  /** As the role that the app runs as: it owns its databases and is no superuser. */
  readonly connection: DatabaseConnection;
  readonly superuser: DatabaseConnection;
}

/** The environment variable with the TestServer. */
export const TEST_SERVER = 'SIGNALBOX_TEST_SERVER';

/**
 * A server for one test run, in a folder of its own that is thrown away, so nothing is forced to the disk.
 * `TEST_POSTGRES_BIN` names the folder of another PostgreSQL to test with.
 */
export async function startTestServer(): Promise<EmbeddedPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signalbox-test-'));
  const binDir = process.env['TEST_POSTGRES_BIN'];
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB', max_connections: 200 },
    ...(binDir ? { binDir } : {}),
  });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...server, stop };
}

/** Makes the template, as the role that the app runs as. */
export async function makeTemplate({ connection, superuser }: TestServer): Promise<void> {
  await execute(superuser, `create database ${TEMPLATE} owner ${connection.user}`);
  const template = { ...connection, database: TEMPLATE };
  await migrate(template);
  await addAgent(template);
  // CREATE DATABASE refuses a template that somebody is connected to.
  await execute(superuser, `alter database ${TEMPLATE} allow_connections false`);
}

/** Runs one statement on a connection of its own. */
export async function execute(connection: DatabaseConnection, sql: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
