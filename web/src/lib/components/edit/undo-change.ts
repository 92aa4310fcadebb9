import { toast } from 'svelte-sonner';

import type { FieldConflict } from '#contract/problem';
import type { Ticket } from '#contract/ticket';
import type { Desk } from '#lib/state/desk.svelte.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import { field as fieldNames } from '#lib/text.ts';
import { undo as text } from '#lib/text/ticket.ts';

import { hushFields } from './field-toasts.ts';
import { valueText } from './value-text.ts';

/** So long what is on its way may take to be answered. */
const ANSWER_MS = 2_000;
const POLL_MS = 50;

/**
 * Takes one's last change back: what waits to be sent is given up, and only without such a one `takeBack` is asked
 * to take back what was answered last.
 */
export async function undoLast(desk: Desk, takeBack = () => undoChange(desk)): Promise<void> {
  if (!(await answered(desk))) return void toast(text.tooEarly);
  const unsent = desk.client.discardLast();
  if (unsent) return void toast.success(text.givenUp(unsent.ticketId));
  await takeBack();
}

/**
 * Takes one's own change back, and says what came of it: fields that somebody touched since stay as they are.
 *
 * @param made the answer to the change; absent: one's last one that was answered
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

/** Waits for what is on its way: before it is answered, the change before it would pass for the last one. */
async function answered({ connection }: Desk): Promise<boolean> {
  const isUnderWay = () => connection.unanswered > connection.waiting;
  for (let waited = 0; isUnderWay() && waited < ANSWER_MS; waited += POLL_MS) {
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
  return !isUnderWay();
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
