/** What has an id that it keeps. */
export interface Identified {
  readonly id: string | number;
}

/**
 * Rows read again, over those that are shown: each that is shown stays where it is, so that nothing moves
 * under the pointer; new ones come in at their place; those that were not read again go.
 */
export function mergeRows<Row extends Identified>(
  shown: readonly Row[],
  read: readonly Row[],
): readonly Row[] {
  const now = new Map(read.map((row) => [row.id, row]));
  const known = new Set(shown.map(({ id }) => id));
  const rows = shown.flatMap(({ id }) => now.get(id) ?? []);
  for (const [index, row] of [...now.values()].entries()) if (!known.has(row.id)) rows.splice(index, 0, row);
  return rows;
}

/** Those rows that are not shown, in their order. */
export function unknownTo<Row extends Identified>(
  shown: readonly Row[],
  rows: readonly Row[],
): readonly Row[] {
  const known = new Set(shown.map(({ id }) => id));
  return rows.filter(({ id }) => !known.has(id));
}
