import type { BulkFailure } from '#lib/state/queue-bulk-run.ts';
import type { Conflict } from '#lib/sync/conflicts.ts';

/** By ticket, the conflicts that a change of many has left to be decided. */
export function decidable(
  conflicts: readonly Conflict[],
  failures: readonly BulkFailure[],
): ReadonlyMap<number, Conflict> {
  const open = failures.filter(({ kind }) => kind === 'conflict').map(({ id }) => id);
  const known = conflicts.filter(({ ticketId }) => open.includes(ticketId));
  return new Map(known.map((conflict) => [conflict.ticketId, conflict]));
}
