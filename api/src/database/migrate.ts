import { MikroORM } from '@mikro-orm/postgresql';

import type { DatabaseConnection } from './connection.js';
import { ormConfig } from './orm.config.js';
import { withClient } from './with-client.js';

/** Arbitrary, but the same in every process: whoever holds it migrates, the others wait. */
const MIGRATION_LOCK = 7_746_825_316;

/**
 * Brings the schema up to date, once, however many processes start together.
 * @param upTo the last migration that is wanted; absent: all of them
 */
export function migrate(connection: DatabaseConnection, upTo?: string): Promise<void> {
  return withClient(connection, 'signalbox migration', async (guard) => {
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const orm = await MikroORM.init(ormConfig(connection));
    try {
      await orm.migrator.up(upTo === undefined ? undefined : { to: upTo });
    } finally {
      await orm.close(true);
    }
  });
}
