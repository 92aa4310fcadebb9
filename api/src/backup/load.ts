import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { ENQUEUE, QUEUE, SCHEMA } from '../classification/queue-schema.js';
import { BackupError } from './backup.error.js';
import { JOBS, type TableLine, tableLine, type Trailer, trailer } from './backup-format.js';
import type { BackupReader } from './backup-reader.js';
import type { Progress } from './dump.js';
import { refuseWhileInUse } from './in-use.js';
import { columnList, quoted, tablesOf } from './tables.js';

const STAGED_JOBS = 'pg_temp.restored_job';

/** How a trigger fires, as pg_trigger has it, and the statement for it; one that is disabled stays so. */
const ENABLE: Readonly<Record<string, string>> = { A: 'enable always', O: 'enable', R: 'enable replica' };

/**
 * Puts all that is in a backup, after its header, in the place of what the database holds, in one transaction:
 * whole or not at all. The log goes on from the backup's last event, in a new epoch, so that whoever has seen
 * what came after it starts anew.
 * @throws BackupError when the file is a part, or not for this schema, or somebody uses the database
 */
export async function load(client: ClientBase, backup: BackupReader, progress: Progress): Promise<void> {
  const tables = (await tablesOf(client)).map(({ table }) => table);
  await client.query(`set client_encoding = 'UTF8'`);
  await client.query('begin');
  try {
    // With them off, rows come in as they were: no new versions, no events of their own.
    const triggers = await disableTriggers(client, tables);
    // Restarting gives the sequences new files, so that what is set below goes with the transaction, if that goes.
    await client.query(`truncate ${columnList(tables)} restart identity`);
    await refuseWhileInUse(client);
    await client.query(`delete from ${SCHEMA}.job where name = '${QUEUE}'`);
    await client.query(`create temporary table restored_job (data jsonb) on commit drop`);
    const end = await loadTables(client, backup, new Set(tables), progress);
    for (const [name, { value, called }] of Object.entries(end.sequences)) {
      await client.query('select setval($1::text::regclass, $2, $3)', [quoted(name), value, called]);
    }
    await client.query(
      `do $$ declare jobs json := (select json_agg(json_build_object('data', data)) from ${STAGED_JOBS});
       begin if jobs is not null then perform ${ENQUEUE.replace('select ', '').replace('$1', 'jobs::text')}; end if; end $$`,
    );
    for (const enable of triggers) await client.query(enable);
    await client.query('update feed set epoch = gen_random_uuid(), system_identifier = null');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** @returns what enables them again, each as it was */
async function disableTriggers(client: ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; state: string }>(
    `select c.relname as table, t.tgname as name, t.tgenabled as state from pg_trigger t
     join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) and not t.tgisinternal`,
    [tables],
  );
  for (const table of tables) await client.query(`alter table ${quoted(table)} disable trigger user`);
  return rows
    .filter(({ state }) => state in ENABLE)
    .map(({ table, name, state }) => `alter table ${quoted(table)} ${ENABLE[state]} trigger ${quoted(name)}`);
}

async function loadTables(
  client: ClientBase,
  backup: BackupReader,
  known: ReadonlySet<string>,
  progress: Progress,
): Promise<Trailer> {
  const loaded: Record<string, number> = {};
  for (;;) {
    const next = await backup.line();
    const end = trailer.safeParse(next);
    if (end.success) {
      const missing = Object.entries(end.data.rows).find(([table, rows]) => loaded[table] !== rows);
      if (missing !== undefined)
        throw new BackupError(`The file is damaged: rows of "${missing[0]}" are missing`);
      return end.data;
    }
    const { data: what } = tableLine.safeParse(next);
    if (what === undefined) throw new BackupError('The file is damaged: a table’s rows have no name');
    if (what.table !== JOBS && !known.has(what.table)) {
      throw new BackupError(`The backup has a table "${what.table}" that this Signalbox does not know`);
    }
    const copy = client.query(copyFrom(`copy ${target(what)} from stdin`));
    await pipeline(Readable.from(backup.rows()), copy);
    loaded[what.table] = copy.rowCount;
    progress(what.table, copy.rowCount);
  }
}

const target = ({ table, columns }: TableLine): string =>
  `${table === JOBS ? STAGED_JOBS : quoted(table)} (${columnList(columns)})`;
