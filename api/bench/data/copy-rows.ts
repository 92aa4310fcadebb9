import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Loads rows in one statement, which is one transaction.
 * @param sql `copy … from stdin`
 * @param rows the columns' values as text; null is NULL
 * @throws pg's DatabaseError
 */
export async function copyRows(
  client: Client,
  sql: string,
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  const lines = rows.map((row) => row.map(field).join('\t') + '\n');
  await pipeline(Readable.from([lines.join('')]), client.query(copyFrom(sql)));
}

/** A value in COPY's text format. */
function field(value: string | null): string {
  return value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]!);
}
