import { toast } from 'svelte-sonner';

import { ProblemError } from '#lib/api/errors.ts';
import { nameOf } from '#lib/components/edit/editable-field.ts';
import { sayFailure } from '#lib/state/session-failure.ts';
import type { TicketChanges } from '#lib/sync/pending-changes.ts';
import type { SyncClient } from '#lib/sync/sync-client.ts';
import { change as text, field as fieldNames } from '#lib/text.ts';

const DONE_MS = 6_000;
const FAILURE_MS = 10_000;

/** A new title or assignee of a ticket. */
export interface TicketEdit {
  readonly id: number;
  readonly field: 'title' | 'assignee';
  readonly changes: TicketChanges;
}

/** Changes a ticket: shown at once, taken back if the server refuses; a toast tells what became of it. */
export async function changeTicket(client: SyncClient, edit: TicketEdit): Promise<void> {
  const { id, field, changes } = edit;
  const name = fieldNames[field] ?? field;
  try {
    const made = await client.patch(id, changes);
    toast(text.done(id, name, nameOf(field, made[field])), {
      action: { label: text.undo, onClick: () => void undo(client, made) },
      duration: DONE_MS,
    });
  } catch (failure) {
    tellFailure(client, edit, name, failure);
  }
}

async function undo(
  client: SyncClient,
  made: Parameters<SyncClient['undo']>[0] & { id: number },
): Promise<void> {
  try {
    await client.undo(made);
  } catch (failure) {
    toast.error(sayFailure(failure));
  }
}

function tellFailure(client: SyncClient, edit: TicketEdit, name: string, failure: unknown): void {
  const { id, field } = edit;
  const problem = failure instanceof ProblemError ? failure : undefined;
  if (problem?.code === 'gone') return void toast.error(text.deleted(id));
  const conflict = problem?.conflicts.find((one) => one.field === field);
  if (conflict === undefined) {
    toast.error(text.failed(id, name), {
      description: sayFailure(failure),
      duration: FAILURE_MS,
      action: { label: text.retry, onClick: () => void changeTicket(client, edit) },
    });
    return;
  }
  const { by, base, theirs, yours } = conflict;
  const mine = nameOf(field, field === 'assignee' ? edit.changes.assignee : yours);
  const decide = (keep: readonly string[]) => () => {
    const found = client.conflicts.value.find((one) => one.ticketId === id && field in one.changes);
    if (found) client.resolve(found, keep).catch((again: unknown) => tellFailure(client, edit, name, again));
  };
  toast.warning(text.conflict(id), {
    description: text.theyChanged(by, name, nameOf(field, base), nameOf(field, theirs)),
    duration: Number.POSITIVE_INFINITY,
    action: { label: text.useMine(mine), onClick: decide([field]) },
    cancel: { label: text.keepTheirs, onClick: decide([]) },
  });
}
