import { toast } from 'svelte-sonner';

import type { FieldConflict } from '#contract/problem';
import type { Ticket } from '#contract/ticket';
import { ProblemError } from '#lib/api/errors.ts';
import type { SyncClient } from '#lib/sync/sync-client.ts';
import { change as text, field as fieldNames } from '#lib/text.ts';

import { nameOf, type EditableField, type FieldValue } from './editable-field.ts';

const DONE_MS = 6_000;
const FAILURE_MS = 10_000;

export interface Edit {
  readonly id: number;
  readonly field: EditableField;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

type ToastOptions = NonNullable<Parameters<typeof toast>[1]>;

/** The newest word about a field of a ticket replaces the one before. */
const said = new Map<string, string | number>();

/**
 * Changes a field: shown at once, taken back if the server refuses. What became of it is told in a toast:
 * with "Undo" when it is done, with the other's change and the choice between the two when they collide.
 */
export async function editField(client: SyncClient, edit: Edit): Promise<void> {
  if (edit.from === edit.to) return;
  hush(edit);
  try {
    const made = await client.patch(edit.id, { [edit.field]: edit.to });
    const undo = { label: text.undo, onClick: () => void undoEdit(client, edit, made) };
    say(edit, toast, text.done(edit.id, labelOf(edit), nameOf(edit.field, edit.to)), {
      action: undo,
      duration: DONE_MS,
    });
  } catch (failure) {
    tellFailure(client, edit, failure);
  }
}

/** Takes the change back, unless somebody has touched the field since. */
async function undoEdit(client: SyncClient, edit: Edit, made: Ticket): Promise<void> {
  hush(edit);
  const back = { ...edit, from: edit.to, to: edit.from };
  try {
    const undone = await client.undo(made);
    const touched = undone?.touched.find(({ field }) => field === edit.field);
    if (touched) {
      say(edit, toast.warning, text.notUndone(edit.id, labelOf(edit)), {
        description: text.theyChanged(
          touched.by,
          labelOf(edit),
          nameOf(edit.field, edit.to),
          nameOf(edit.field, touched.theirs),
        ),
        duration: FAILURE_MS,
      });
    } else if (undone) {
      say(edit, toast, text.undone(edit.id, labelOf(edit), nameOf(edit.field, edit.from)), {
        duration: DONE_MS,
      });
    }
  } catch (failure) {
    tellFailure(client, back, failure);
  }
}

function tellFailure(client: SyncClient, edit: Edit, failure: unknown): void {
  if (failure instanceof ProblemError) {
    const conflict = failure.conflicts.find(({ field }) => field === edit.field);
    if (conflict) return tellConflict(client, edit, conflict);
    if (failure.code === 'gone') return say(edit, toast.error, text.deleted(edit.id));
  }
  say(edit, toast.error, text.failed(edit.id, labelOf(edit)), {
    description: failure instanceof Error ? failure.message : text.noAnswer,
    duration: FAILURE_MS,
    action: { label: text.retry, onClick: () => void editField(client, edit) },
  });
}

function tellConflict(client: SyncClient, edit: Edit, { base, theirs, by }: FieldConflict): void {
  const mine = { ...edit, from: theirs as FieldValue };
  say(edit, toast.warning, text.conflict(edit.id), {
    description: text.theyChanged(by, labelOf(edit), nameOf(edit.field, base), nameOf(edit.field, theirs)),
    duration: Number.POSITIVE_INFINITY,
    action: {
      label: text.useMine(nameOf(edit.field, edit.to)),
      onClick: () => void editField(client, mine),
    },
    cancel: { label: text.keepTheirs, onClick: () => letStand(client, edit) },
  });
}

/** Their value stands; of the same change, what nobody else touched is sent. */
function letStand(client: SyncClient, edit: Edit): void {
  hush(edit);
  for (const conflict of client.conflicts.value) {
    const isAbout = conflict.fields.some(({ field }) => field === edit.field);
    if (conflict.ticketId === edit.id && isAbout) {
      client.resolve(conflict, []).catch((failure: unknown) => tellFailure(client, edit, failure));
    }
  }
}

type Show = (title: string, options?: ToastOptions) => string | number;

function say(edit: Edit, show: Show, title: string, options: ToastOptions = {}): void {
  hush(edit);
  said.set(keyOf(edit), show(title, options));
}

function hush(edit: Edit): void {
  const id = said.get(keyOf(edit));
  if (id !== undefined) toast.dismiss(id);
  said.delete(keyOf(edit));
}

const keyOf = ({ id, field }: Edit): string => `${id} ${field}`;
const labelOf = ({ field }: Edit): string => fieldNames[field] ?? field;
