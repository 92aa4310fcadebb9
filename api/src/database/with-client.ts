import pg from 'pg';

import type { DatabaseConnection } from './connection.js';

/**
 * Does `work` on a connection of its own, which is closed afterwards.
 * @param name by which the server knows it
 * @throws what pg throws when the database is not there; what `work` throws
 */
export async function withClient<Answer>(
  connection: DatabaseConnection,
  name: string,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({ ...connection, application_name: name, keepAlive: true });
  // Who waits for an answer is told that the connection was lost; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
