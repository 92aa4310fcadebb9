import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a test database', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.connection);
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('belongs to a role that is no superuser', async () => {
    const { rows } = await client.query(
      `select rolsuper, pg_get_userbyid(datdba) = current_user as owner
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    expect(rows).toEqual([{ rolsuper: false, owner: true }]);
  });

  it('folds letter case and takes words apart beyond ASCII', async () => {
    const { rows } = await client.query(
      `select lower('ÄÖÜ É Ñ') as lower, 'STRAẞE é' ilike '%É' as matches, cardinality(show_trgm('Über ñandú')) as trigrams`,
    );
    expect(rows).toEqual([{ lower: 'äöü é ñ', matches: true, trigrams: 11 }]);
  });
});
