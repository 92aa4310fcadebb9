import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type Options } from '@mikro-orm/postgresql';

import type { DatabaseConnection } from './connection.js';
import { CoreMigration } from './migrations/2026-11-21-core.js';
import { PeopleMigration } from './migrations/2026-11-21-people.js';
import { SearchMigration } from './migrations/2026-11-21-search.js';
import { SeriesMigration } from './migrations/2026-11-21-series.js';
import { ViewsMigration } from './migrations/2026-11-21-views.js';
import { WindowMigration } from './migrations/2026-11-21-window.js';

/** Connections that requests may hold at once, in one api process. */
const POOL_MAX = 16;

const LIST = [
  { name: '2026-11-21-core', class: CoreMigration },
  { name: '2026-11-21-people', class: PeopleMigration },
  { name: '2026-11-21-series', class: SeriesMigration },
  { name: '2026-11-21-views', class: ViewsMigration },
  { name: '2026-11-21-search', class: SearchMigration },
  { name: '2026-11-21-window', class: WindowMigration },
];

/** Names of all migrations, in order. */
export const MIGRATIONS: readonly string[] = LIST.map(({ name }) => name);

/** One configuration for the app, the migrations and the CLI. `entities` come from the modules. */
export function ormConfig(connection: DatabaseConnection, entities: Options['entities'] = []): Options {
  const { ssl, ...address } = connection;
  return defineConfig({
    host: address.host,
    port: address.port,
    user: address.user,
    ...(address.password === undefined ? {} : { password: address.password }),
    dbName: address.database,
    entities,
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: POOL_MAX, idleTimeoutMillis: 30_000 },
    driverOptions: { application_name: 'signalbox', ...(ssl === undefined ? {} : { ssl }) },
    migrations: {
      tableName: 'migration',
      migrationsList: LIST,
      snapshot: false,
      allOrNothing: true,
      silent: true,
    },
  }) as Options;
}
