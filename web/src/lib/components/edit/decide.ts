import { toast } from 'svelte-sonner';

import { ProblemError } from '#lib/api/errors.ts';
import type { Desk } from '#lib/state/desk.svelte.ts';
import type { Conflict } from '#lib/sync/conflicts.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import { change as text, field as fieldNames } from '#lib/text.ts';
import { conflict as conflictText } from '#lib/text/ticket.ts';

import { valueText } from './value-text.ts';

/**
 * Decides a conflict of one's own change with somebody else's: "Keep mine" or "Take theirs". Changed by
 * somebody once more it is a conflict again.
 */
export async function decide(desk: Desk, conflict: Conflict, keepsMine: boolean): Promise<void> {
  const keep = keepsMine ? conflict.fields.map(({ field }) => field) : [];
  try {
    await desk.client.resolve(conflict, keep);
  } catch (failure) {
    if (failure instanceof DiscardedError) return;
    if (failure instanceof ProblemError && failure.conflicts.length > 0) return;
    const names = conflict.fields.map(({ field }) => fieldNames[field] ?? field).join(', ');
    const description = failure instanceof Error ? failure.message : text.noAnswer;
    toast.error(text.failed(conflict.ticketId, names), { description });
  }
}

/** Who has made what of the fields that one has changed too. */
export function conflictSaid({ names }: Desk, { fields }: Conflict): string {
  return fields
    .map(({ field, by, theirs, yours }) => {
      const name = fieldNames[field] ?? field;
      if (field === 'description') return conflictText.changed(by, name);
      const said = conflictText.theirs(by, name, valueText(names, field, theirs));
      return field === 'title' ? said : `${said} ${conflictText.mine(valueText(names, field, yours))}`;
    })
    .join(' ');
}
