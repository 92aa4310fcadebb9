import { toast } from 'svelte-sonner';

import type { FieldConflict } from '#contract/problem';
import type { Ticket } from '#contract/ticket';
import type { Desk } from '#lib/state/desk.svelte.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import { field as fieldNames } from '#lib/text.ts';
import { undo as text } from '#lib/text/ticket.ts';

import { hushFields } from './field-toasts.ts';
import { valueText } from './value-text.ts';

/**
 * Takes one's own change back, and says what came of it: fields that somebody touched since stay as they are.
 *
 * @param made the answer to the change; absent: one's last one
 */
export async function undoChange(desk: Desk, made?: Pick<Ticket, 'id' | 'version'>): Promise<void> {
  const last = desk.undoable;
  const id = made?.id ?? last?.ticketId;
  if (id === undefined) return void toast(text.nothing);
  const fields = Object.keys(last?.before ?? {});
  // It would offer once more what is being done.
  if (made === undefined) hushFields(id, fields);
  try {
    const undone = await desk.client.undo(made);
    if (!undone) return void toast(text.nothing);
    if (undone.touched.length === 0) return void toast.success(text.done(id));
    const title =
      made === undefined && undone.touched.length < fields.length ? text.partly(id) : text.not(id);
    toast.warning(title, { description: sinceText(desk, undone.touched) });
  } catch (failure) {
    if (failure instanceof DiscardedError) return;
    const description = failure instanceof Error ? failure.message : '';
    toast.error(text.failed(id), { description });
  }
}

/** Who has made what of the fields that could not be restored. */
export function sinceText({ names }: Desk, touched: readonly FieldConflict[]): string {
  const sentences = touched.map(({ field, by, theirs }) =>
    field === 'description'
      ? text.sinceText(by, fieldNames[field] ?? field)
      : text.since(by, fieldNames[field] ?? field, valueText(names, field, theirs)),
  );
  return sentences.join(' ');
}
