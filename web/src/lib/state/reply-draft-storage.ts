/** A reply goes to the requester, a note stays among agents. */
export type ReplyKind = 'reply' | 'note';

/** Whose draft of what. */
export interface ReplyKey {
  /** The id of the person who writes. */
  readonly person: string;
  readonly ticketId: number;
  readonly kind: ReplyKind;
}

export interface StoredReply {
  readonly body: string;
  /** A sending that the server has not acknowledged; the same text goes again with the same op_id. */
  readonly sent: { readonly opId: string; readonly body: string } | null;
}

export const EMPTY_REPLY: StoredReply = { body: '', sent: null };

const nameOf = ({ person, ticketId, kind }: ReplyKey): string => `reply:${person}:${ticketId}:${kind}`;

/** The draft as it was left; an empty one when there is none or storage is forbidden. */
export function loadReply(key: ReplyKey): StoredReply {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(nameOf(key)) ?? 'null');
    return typeof stored === 'object' && stored !== null ? { ...EMPTY_REPLY, ...stored } : EMPTY_REPLY;
  } catch {
    return EMPTY_REPLY;
  }
}

export function saveReply(key: ReplyKey, reply: StoredReply): void {
  try {
    if (reply.body === '' && reply.sent === null) localStorage.removeItem(nameOf(key));
    else localStorage.setItem(nameOf(key), JSON.stringify(reply));
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page.
  }
}
