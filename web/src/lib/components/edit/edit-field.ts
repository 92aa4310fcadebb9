import { toast } from 'svelte-sonner';

import { ProblemError } from '#lib/api/errors.ts';
import type { Desk } from '#lib/state/desk.svelte.ts';
import type { TicketChanges, TicketField } from '#lib/sync/pending-changes.ts';
import { newOpId } from '#lib/sync/op-id.ts';
import { isSameValue } from '#lib/sync/same-value.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import { change as text, field as fieldNames } from '#lib/text.ts';
import { edit as editText } from '#lib/text/ticket.ts';

import { hushFields, sayOfField } from './field-toasts.ts';
import { undoAct } from './undo-act.ts';
import { valueText } from './value-text.ts';

const DONE_MS = 6_000;
const FAILURE_MS = 10_000;

export interface Edit<Field extends TicketField = TicketField> {
  readonly id: number;
  readonly field: Field;
  readonly from: TicketChanges[Field];
  readonly to: TicketChanges[Field];
  /**
   * Puts what was written back where it was, with why it was refused; false: something newer is written there.
   * Absent: it was a choice, which is soon made again.
   */
  readonly bringBack?: ((reason: string) => boolean) | undefined;
}

/**
 * Changes a field: shown at once, taken back if the server refuses. What became of it is told in a toast, with
 * "Undo" when it is done. A collision with somebody else's change is shown where the ticket is.
 */
export async function editField(desk: Desk, edit: Edit): Promise<void> {
  if (isSameValue(edit.from, edit.to)) return;
  hushFields(edit.id, [edit.field]);
  const act = newOpId();
  try {
    await desk.client.patch(edit.id, { [edit.field]: edit.to }, act);
    sayOfField(edit, toast, doneText(desk, edit), {
      id: act,
      action: { label: text.undo, onClick: () => void undoAct(desk, act) },
      duration: DONE_MS,
    });
  } catch (failure) {
    tellFailure(desk, edit, failure);
  }
}

function tellFailure(desk: Desk, edit: Edit, failure: unknown): void {
  if (failure instanceof DiscardedError) return;
  if (failure instanceof ProblemError) {
    if (failure.conflicts.length > 0) return;
    if (failure.code === 'gone') {
      edit.bringBack?.(text.deleted(edit.id));
      return sayOfField(edit, toast.error, text.deleted(edit.id));
    }
  }
  const reason = failure instanceof Error ? failure.message : text.noAnswer;
  const isBack = edit.bringBack?.(reason) ?? false;
  sayOfField(edit, toast.error, text.failed(edit.id, labelOf(edit)), {
    description: isBack ? `${reason} ${editText.kept}` : reason,
    duration: FAILURE_MS,
    ...(isBack ? {} : { action: { label: text.retry, onClick: () => void editField(desk, edit) } }),
  });
}

function doneText({ names }: Desk, edit: Edit): string {
  const { id, field, to } = edit;
  if (field === 'title' || field === 'description') return editText.done(id, labelOf(edit));
  return text.done(id, labelOf(edit), valueText(names, field, to));
}

const labelOf = ({ field }: Edit): string => fieldNames[field] ?? field;
