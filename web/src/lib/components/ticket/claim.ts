import { toast } from 'svelte-sonner';

import type { Ticket } from '#contract/ticket';
import { ProblemError } from '#lib/api/errors.ts';
import { claimTicket } from '#lib/api/tickets.ts';
import type { Desk } from '#lib/state/desk.svelte.ts';
import { change as changeText } from '#lib/text.ts';
import { assign as text } from '#lib/text/ticket.ts';

import { editField } from '../edit/edit-field.ts';

const DONE_MS = 6_000;

/** Takes a ticket that nobody has. Who was not quick enough is told who has it. Throws nothing. */
export async function claim(desk: Desk, id: number): Promise<void> {
  try {
    const { assignee } = await desk.client.read(answerOf(() => claimTicket(id)));
    const release = () => void editField(desk, { id, field: 'assignee', from: assignee, to: null });
    toast.success(text.claimed(id), {
      action: { label: changeText.undo, onClick: release },
      duration: DONE_MS,
    });
  } catch (failure) {
    const holder = failure instanceof ProblemError ? failure.holder : undefined;
    if (holder) return void toast.warning(text.taken(id, desk.names.of(holder)));
    const description = failure instanceof Error ? failure.message : changeText.noAnswer;
    toast.error(text.failedToClaim(id), { description });
  }
}

const answerOf = (fetch: () => Promise<Ticket>) => ({
  fetch,
  snapshot: (ticket: Ticket) => ({ asOf: null, tickets: [ticket] }),
  givesPosition: false,
});
