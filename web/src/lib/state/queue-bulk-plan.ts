import type { TicketChanges, TicketField } from '../sync/pending-changes.js';
import { isSameValue } from '../sync/same-value.js';
import type { SyncClient } from '../sync/sync-client.js';

/** One value for a field of many tickets. */
export interface BulkChange {
  readonly field: Exclude<TicketField, 'title' | 'description'>;
  readonly value: TicketChanges[BulkChange['field']];
}

/** What a change of many tickets would do. */
export interface BulkPlan extends BulkChange {
  /** Those that have another value now. */
  readonly ids: readonly number[];
  /** How many have the value already. */
  readonly same: number;
  /** Those of which nothing is known: deleted, or not read yet. They are left alone. */
  readonly unknown: readonly number[];
  /** What they have now, the most frequent first. */
  readonly before: readonly { readonly value: TicketChanges[BulkChange['field']]; readonly count: number }[];
}

/** What changing these tickets would do now. */
export function planOf(
  client: Pick<SyncClient, 'view'>,
  targets: readonly number[],
  { field, value }: BulkChange,
): BulkPlan {
  const ids: number[] = [];
  const unknown: number[] = [];
  const before: { value: BulkChange['value']; count: number }[] = [];
  for (const id of targets) {
    const row = client.view(id)?.row;
    if (row === undefined) unknown.push(id);
    if (row === undefined || isSameValue(row[field], value)) continue;
    ids.push(id);
    const known = before.find((one) => isSameValue(one.value, row[field]));
    if (known) known.count += 1;
    else before.push({ value: row[field], count: 1 });
  }
  before.sort((one, other) => other.count - one.count);
  return { field, value, ids, same: targets.length - ids.length - unknown.length, unknown, before };
}
