import type { ClientBase } from 'pg';

import type { TableLine } from './backup-format.js';

/** Written by the migrations, not by the desk. */
const NOT_DATA = 'migration';

/** The desk's tables, each after those that it refers to. */
export async function tablesOf(client: ClientBase): Promise<TableLine[]> {
  const { rows } = await client.query<TableLine & { refers_to: string[] }>(`
    select c.relname as table,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(json_agg(distinct f.confrelid::regclass::text), '[]') from pg_constraint f
       where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers_to
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '${NOT_DATA}'
    order by c.relname`);
  const ordered: TableLine[] = [];
  const placed = new Set<string>();
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      ({ table, refers_to }) => !placed.has(table) && refers_to.every((name) => placed.has(name)),
    );
    if (ready.length === 0) throw new Error('Tables refer to each other in a circle');
    for (const { table, columns } of ready) {
      ordered.push({ table, columns });
      placed.add(table);
    }
  }
  return ordered;
}

/** Names of the migrations that made the schema, in order; none where there is no schema yet. */
export async function migrationsOf(client: ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('public.${NOT_DATA}') is not null as there`,
  );
  if (found[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${NOT_DATA} order by id`);
  return rows.map(({ name }) => name);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(', ');
