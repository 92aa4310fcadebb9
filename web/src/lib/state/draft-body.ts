import type { ClassifyResult } from '#contract/classification';
import type { CreateTicket } from '#contract/commands';
import { DESCRIPTION_MAX, TITLE_MAX } from '#contract/values';

import { submit as text } from '../text.js';
import type { Choice, StoredDraft } from './draft-storage.js';

export type DraftField = 'title' | 'description' | 'category' | 'priority';
export type DraftErrors = Readonly<Partial<Record<DraftField, string>>>;

const LONGEST = { title: TITLE_MAX, description: DESCRIPTION_MAX } as const;

/** What can be seen to be wrong without asking the server; lengths count code points, as it does. */
export function faultsOf(draft: StoredDraft): DraftErrors {
  const errors: Partial<Record<DraftField, string>> = {};
  for (const field of ['title', 'description'] as const) {
    const { length } = [...draft[field].trim()];
    if (length === 0) errors[field] = text.required[field];
    else if (length > LONGEST[field]) errors[field] = text.tooLong(LONGEST[field]);
  }
  return errors;
}

/**
 * The call that makes the ticket: what the writer sees chosen is sent. What is left to the desk is left out: the
 * server classifies it.
 *
 * @param shown what the model suggested last, maybe of an earlier text
 * @param isOfText whether it is of exactly this one: only then can it be vouched for
 */
export function bodyOf(
  draft: StoredDraft,
  shown: ClassifyResult | undefined,
  isOfText: boolean,
  opId: string,
): CreateTicket {
  const { title, description, category, priority } = draft;
  return {
    title,
    description,
    category: decided(category, shown?.category) ?? undefined,
    priority: decided(priority, shown?.priority) ?? undefined,
    suggestion: isOfText ? shown?.suggestion : undefined,
    op_id: opId,
  };
}

/** The writer's choice, else the model's; null: left to the desk. */
export function decided<Value extends string>(
  choice: Choice<Value>,
  suggested: Value | undefined,
): Value | null {
  if (choice === 'left') return null;
  return choice ?? suggested ?? null;
}
