import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { Options } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';

import { DATABASE_CONNECTION, type DatabaseConnection } from './connection.js';
import { Database } from './database.js';
import { ormConfig } from './orm.config.js';

/** How long the app waits for its database, in milliseconds. */
export interface DatabaseLimits {
  /** For a row or a table that another transaction has locked. */
  readonly lockMs: number;
  /** For the answer to one statement, whatever has become of the network. */
  readonly queryMs: number;
}

const CONNECT_MS = 5_000;
/** Whoever holds a lock for longer must not hold all connections with it. */
const LIMITS: DatabaseLimits = { lockMs: 5_000, queryMs: 35_000 };

/** The one way to the database, for every module. */
@Module({})
export class DatabaseModule {
  static forRoot(
    connection: DatabaseConnection,
    entities: Options['entities'],
    { lockMs, queryMs }: DatabaseLimits = LIMITS,
  ): DynamicModule {
    const config = ormConfig(connection, entities);
    const driverOptions = {
      ...config.driverOptions,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      lock_timeout: lockMs,
      query_timeout: queryMs,
    };
    return {
      module: DatabaseModule,
      global: true,
      imports: [MikroOrmModule.forRoot({ ...config, driverOptions, registerRequestContext: false })],
      providers: [{ provide: DATABASE_CONNECTION, useValue: connection }, Database],
      exports: [DATABASE_CONNECTION, Database],
    };
  }
}
