import { toast } from 'svelte-sonner';

import type { PersonRef } from '#contract/ticket';
import { ProblemError } from '#lib/api/errors.ts';
import { hushFields, sayOfField } from '#lib/components/edit/field-toasts.ts';
import { undoAct } from '#lib/components/edit/undo-act.ts';
import type { Desk } from '#lib/state/desk.svelte.ts';
import { newOpId } from '#lib/sync/op-id.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import { change as changeText } from '#lib/text.ts';
import { assign as text } from '#lib/text/ticket.ts';

const DONE_MS = 6_000;

/**
 * Takes a ticket that nobody has: shown at once. Who was not quick enough is told who has it. Throws nothing.
 *
 * @param by the person themselves
 */
export async function claim(desk: Desk, by: PersonRef, id: number): Promise<void> {
  const about = { id, field: 'assignee' };
  const holder = desk.client.view(id)?.row.assignee;
  if (holder) {
    const said = holder.id === by.id ? text.yours(id) : text.held(id, desk.names.of(holder));
    return sayOfField(about, toast, said);
  }
  hushFields(id, [about.field]);
  const act = newOpId();
  try {
    await desk.client.claim(id, by, act);
    sayOfField(about, toast.success, text.claimed(id), {
      id: act,
      action: { label: changeText.undo, onClick: () => void undoAct(desk, act) },
      duration: DONE_MS,
    });
  } catch (failure) {
    if (failure instanceof DiscardedError) return;
    const quicker = failure instanceof ProblemError ? failure.holder : undefined;
    if (quicker) return sayOfField(about, toast.warning, text.taken(id, desk.names.of(quicker)));
    const description = failure instanceof Error ? failure.message : changeText.noAnswer;
    sayOfField(about, toast.error, text.failedToClaim(id), { description });
  }
}
