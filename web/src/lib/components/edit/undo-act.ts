import { toast } from 'svelte-sonner';

import type { FieldConflict } from '#contract/problem';
import type { Desk } from '#lib/state/desk.svelte.ts';
import { DiscardedError } from '#lib/sync/sender.ts';
import type { TakenBack } from '#lib/sync/undo-log.ts';
import { field as fieldNames } from '#lib/text.ts';
import { undo as text } from '#lib/text/ticket.ts';

import { valueText } from './value-text.ts';

/**
 * Takes back what was done in one act, be it one change or many, and says what came of it: what somebody touched
 * since stays as it is.
 *
 * @param act absent: one's last one
 */
export async function undoAct(desk: Desk, act = desk.client.lastAct): Promise<void> {
  if (act === undefined) return void toast(text.nothing);
  // The toast of the act would offer once more what is being done.
  toast.dismiss(act);
  const taken = await desk.client.undo(act);
  const told = taken.filter(({ failure }) => !(failure instanceof DiscardedError));
  if (taken.length === 0) toast(text.nothing);
  else if (told.length === 1) tellOne(desk, told[0]!);
  else if (told.length > 1) tellMany(told);
}

function tellOne(desk: Desk, { ticketId: id, fields, touched, isGivenUp, failure }: TakenBack): void {
  if (failure !== undefined) {
    toast.error(text.failed([id]), { description: failure instanceof Error ? failure.message : '' });
  } else if (touched.length > 0) {
    const title = touched.length < fields.length ? text.partly(id) : text.not(id);
    toast.warning(title, { description: sinceText(desk, touched) });
  } else toast.success(isGivenUp ? text.givenUp([id]) : text.done(id));
}

function tellMany(told: readonly TakenBack[]): void {
  const idsOf = (of: (one: TakenBack) => boolean) => told.filter(of).map(({ ticketId }) => ticketId);
  const failed = idsOf(({ failure }) => failure !== undefined);
  const spared = idsOf(({ touched }) => touched.length > 0);
  const givenUp = idsOf(({ isGivenUp }) => isGivenUp === true);
  const count = told.length - failed.length - spared.length;
  const title = count === givenUp.length && count > 0 ? text.givenUp(givenUp) : text.doneMany(count);
  const description = [
    spared.length > 0 && text.spared(spared),
    failed.length > 0 && text.failed(failed),
  ].filter((sentence) => sentence !== false);
  if (failed.length > 0) toast.error(title, { description: description.join(' ') });
  else if (spared.length > 0) toast.warning(title, { description: description.join(' ') });
  else toast.success(title);
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
