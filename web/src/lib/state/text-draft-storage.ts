/** The texts of a ticket that are written in place. */
export type TextField = 'title' | 'description';

/** Whose half-written change of what. */
export interface TextDraftKey {
  /** The id of the person who writes. */
  readonly person: string;
  readonly ticketId: number;
  readonly field: TextField;
}

export interface StoredText {
  readonly text: string;
  /** What the field was when the writer saw it last: what differs from it is somebody else's change. */
  readonly base: string;
}

const nameOf = ({ person, ticketId, field }: TextDraftKey): string => `text:${person}:${ticketId}:${field}`;

/** The draft as it was left; undefined when there is none or storage is forbidden. */
export function loadText(key: TextDraftKey): StoredText | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(nameOf(key)) ?? 'null') as Partial<StoredText> | null;
    if (typeof stored?.text !== 'string' || typeof stored.base !== 'string') return undefined;
    return { text: stored.text, base: stored.base };
  } catch {
    return undefined;
  }
}

/** @param stored undefined: it is saved, or given up */
export function saveText(key: TextDraftKey, stored: StoredText | undefined): void {
  try {
    if (stored === undefined) localStorage.removeItem(nameOf(key));
    else localStorage.setItem(nameOf(key), JSON.stringify(stored));
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page.
  }
}
