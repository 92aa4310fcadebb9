import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { QUEUE, SCHEMA } from '../classification/queue-schema.js';
import { BackupError } from './backup.error.js';
import {
  FORMAT_VERSION,
  type Header,
  JOBS,
  ROWS_END,
  type TableLine,
  type Trailer,
} from './backup-format.js';
import { columnList, migrationsOf, quoted, tablesOf } from './tables.js';

/** Called after each table. */
export type Progress = (table: string, rows: number) => void;

const OPEN_JOBS = `select data from ${SCHEMA}.job where name = '${QUEUE}' and state < 'completed'`;

/**
 * The desk's data as one consistent snapshot, in pieces of a backup that is not packed yet; nobody who writes
 * meanwhile waits.
 * @throws BackupError when there is no desk in the database
 */
export async function* dump(client: ClientBase, progress: Progress): AsyncGenerator<Buffer | string> {
  await client.query(`set client_encoding = 'UTF8'`);
  await client.query('begin isolation level repeatable read read only');
  const migrations = await migrationsOf(client);
  if (migrations.length === 0) throw new BackupError('There is no Signalbox in this database');
  const made_at = new Date().toISOString();
  yield line({ format: 'signalbox backup', version: FORMAT_VERSION, made_at, migrations } satisfies Header);
  const rows: Record<string, number> = {};
  const copy = async function* (what: TableLine, source: string) {
    yield line(what);
    const stream = client.query(copyTo(`copy ${source} to stdout`));
    yield* stream as AsyncIterable<Buffer>;
    yield ROWS_END;
    rows[what.table] = stream.rowCount;
    progress(what.table, stream.rowCount);
  };
  for (const what of await tablesOf(client)) {
    yield* copy(what, `${quoted(what.table)} (${columnList(what.columns)})`);
  }
  const { rows: queue } = await client.query(`select from pg_class where oid = to_regclass('${SCHEMA}.job')`);
  if (queue.length > 0) yield* copy({ table: JOBS, columns: ['data'] }, `(${OPEN_JOBS})`);
  // Last, as they are beyond snapshots: what has drawn from them meanwhile is not in the backup, but never comes twice.
  yield line({ end: true, rows, sequences: await sequencesOf(client) } satisfies Trailer);
  await client.query('commit');
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

async function sequencesOf(client: ClientBase): Promise<Trailer['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = 'public' and sequencename not like 'migration%'`,
  );
  const sequences: Trailer['sequences'] = {};
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(name)}`,
    );
    sequences[name] = state[0]!;
  }
  return sequences;
}
