import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DatabaseConnection } from '../../src/database/connection.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded/embedded-postgres.js';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.js';
import { migrate } from '../../src/database/migrate.js';
import { addAgent } from './sign-in.js';
import { execute } from './test-server.js';

/** Room for the pools of several processes; every statement is counted. */
const SETTINGS = { max_connections: 200, shared_preload_libraries: 'pg_stat_statements' };

/** A PostgreSQL that writes to the disk as in production, migrated, with AGENT, and that can crash. */
export class DurableServer {
  private constructor(
    private readonly dataDir: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<DurableServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'signalbox-durable-'));
    const server = await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
    const durable = new DurableServer(dataDir, server);
    await migrate(server.connection);
    await addAgent(server.connection);
    await execute(
      { ...server.superuser, database: server.connection.database },
      'create extension pg_stat_statements',
    );
    return durable;
  }

  /** As the role that the app runs as; the same after a crash. */
  get connection(): DatabaseConnection {
    return this.server.connection;
  }

  /** The app's database as superuser. */
  get superuser(): DatabaseConnection {
    return { ...this.server.superuser, database: this.server.connection.database };
  }

  /** What `pg_ctl restart -m immediate` does: no goodbye, no checkpoint; the start replays the log. */
  async crash(): Promise<void> {
    const file = await readPostmasterFile(join(this.dataDir, 'postgres/cluster'));
    process.kill(file!.pid, 'SIGQUIT');
    await this.server.lost;
    await this.server.stop();
    this.server = await startEmbeddedPostgres({ dataDir: this.dataDir, settings: SETTINGS });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
