import type { CreateTicket } from '#contract/commands';

import type { Category, Priority } from '#contract/ticket';

const KEY = 'draft';

/** The writer's own choice; `left`: to be decided by the desk, whatever the model suggests; null: none yet. */
export type Choice<Value> = Value | 'left' | null;

/** What is written of a ticket before it is submitted, and the call that is under way, if one is. */
export interface StoredDraft {
  readonly title: string;
  readonly description: string;
  readonly category: Choice<Category>;
  readonly priority: Choice<Priority>;
  /** Sent, but not answered: to be sent again exactly like this. */
  readonly sent: CreateTicket | null;
}

export const EMPTY_DRAFT: StoredDraft = {
  title: '',
  description: '',
  category: null,
  priority: null,
  sent: null,
};

/** The draft of this tab; an empty one when there is none or storage is forbidden. */
export function loadDraft(): StoredDraft {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return typeof stored === 'object' && stored !== null ? { ...EMPTY_DRAFT, ...stored } : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

export function saveDraft(draft: StoredDraft): void {
  try {
    if (JSON.stringify(draft) === JSON.stringify(EMPTY_DRAFT)) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page.
  }
}
