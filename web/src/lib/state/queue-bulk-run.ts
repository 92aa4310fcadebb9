import { ProblemError } from '../api/errors.js';
import { DiscardedError } from '../sync/sender.js';
import { OtherHistoryError, type Sight } from '../sync/sight.js';
import type { SyncClient } from '../sync/sync-client.js';
import type { BulkChange } from './queue-bulk-plan.js';
import { sideBySide } from './queue-bulk-turns.js';

/** A ticket that was not changed. Of a conflict the sync client knows more. */
export interface BulkFailure {
  readonly id: number;
  /** `restored`: a backup has come back, and the ticket is not in it as it was seen. */
  readonly kind: 'conflict' | 'gone' | 'restored' | 'stopped' | 'failed';
  readonly reason: string;
}

/** What each of the tickets gets, and on what it is based. */
export interface BulkOrder {
  readonly change: BulkChange;
  /** By which all of it is taken back. */
  readonly act: string;
  /** What was shown when the person gave their word. */
  readonly sight: Sight;
}

export interface BulkWatch {
  /** Asked before each turn: whether those that are not on their way are left alone. */
  isStopped(): boolean;
  /** A ticket was changed. */
  made(): void;
  /** A ticket has had its turn. */
  turned(): void;
  /** A ticket was refused after it had waited for the connection. */
  late(failure: BulkFailure): void;
}

/**
 * Changes tickets, a few at a time, until each is answered, or waits for the connection.
 *
 * @returns those that were not changed
 */
export async function carryOut(
  client: SyncClient,
  ids: readonly number[],
  { change: { field, value }, act, sight }: BulkOrder,
  watch: BulkWatch,
): Promise<readonly BulkFailure[]> {
  const failures: BulkFailure[] = [];
  let isOver = false;
  const change = async (id: number) => {
    try {
      await client.patch(id, { [field]: value }, act, sight);
      watch.made();
    } catch (failure) {
      const told = failureOf(id, failure);
      if (told && isOver) watch.late(told);
      else if (told) failures.push(told);
    }
  };
  await untilHeldUp(client, (heldUp) =>
    sideBySide(ids, async (id) => {
      if (watch.isStopped()) failures.push({ id, kind: 'stopped', reason: '' });
      else await Promise.race([change(id), heldUp]);
      watch.turned();
    }),
  );
  isOver = true;
  return failures;
}

/** Undefined: its person has given it up themselves. */
export function failureOf(id: number, failure: unknown): BulkFailure | undefined {
  if (failure instanceof DiscardedError) return undefined;
  const reason = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof OtherHistoryError) return { id, kind: 'restored', reason };
  if (!(failure instanceof ProblemError)) return { id, kind: 'failed', reason };
  if (failure.conflicts.length > 0) return { id, kind: 'conflict', reason };
  return { id, kind: failure.code === 'gone' ? 'gone' : 'failed', reason };
}

/** Waits for an act that is told when the network holds changes up: they are kept then, and nobody has to wait. */
async function untilHeldUp(client: SyncClient, act: (heldUp: Promise<void>) => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => client.status.value.waiting > 0 && resolve();
  const stop = client.status.subscribe(look);
  look();
  await act(promise);
  stop();
}
