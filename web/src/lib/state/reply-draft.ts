import type { Comment } from '#contract/comments';

import { systemClock, type Clock } from '../sync/clock.js';
import { newOpId } from '../sync/op-id.js';
import { Signal, type Readable } from '../sync/signal.js';
import { loadReply, saveReply, type ReplyKey, type StoredReply } from './reply-draft-storage.js';

/** What is typed is stored after at most this long. */
const SAVE_AFTER_MS = 300;

/** Of the sync client: how a draft is sent, and what is on its way. */
export interface ReplySender {
  comment(ticketId: number, comment: { body: string; internal: boolean }, opId?: string): Promise<Comment>;
  hasComment(opId: string): boolean;
  /** Fulfilled when what was unsent before a reload is there again. */
  readonly restored: Promise<void>;
}

/**
 * A reply or a note being written, of one person about one ticket. Nothing but its writer touches it: no
 * change of the ticket, no reload, no lost connection. What is sent stays stored until the server has
 * acknowledged it, or the outbox has it.
 */
export class ReplyDraft {
  readonly #key: ReplyKey;
  readonly #sender: ReplySender;
  readonly #clock: Clock;
  readonly #stored: Signal<StoredReply>;
  #cancelSave: (() => void) | undefined;

  constructor(key: ReplyKey, sender: ReplySender, clock: Clock = systemClock) {
    this.#key = key;
    this.#sender = sender;
    this.#clock = clock;
    this.#stored = new Signal(loadReply(key));
    globalThis.addEventListener?.('pagehide', this.flush);
    if (this.#stored.value.sent) void this.#takeUp();
  }

  /** `body` is the text in the editor. */
  get content(): Readable<StoredReply> {
    return this.#stored;
  }

  get body(): string {
    return this.#stored.value.body;
  }

  /** What the writer has typed. */
  set body(body: string) {
    this.#stored.set({ ...this.#stored.value, body });
    this.#cancelSave ??= this.#clock.after(SAVE_AFTER_MS, this.flush);
  }

  /**
   * Stores what was typed at once; by itself when the page is left. Where nothing was, another tab may have
   * stored something newer.
   */
  readonly flush = (): void => {
    if (this.#cancelSave) this.#save();
  };

  /**
   * Sends what is written and empties the editor; an empty draft is not sent.
   *
   * @returns undefined when there was nothing to send
   * @throws ProblemError when it is refused; the conversation has it then, for a retry
   */
  async send(): Promise<Comment | undefined> {
    const { body: typed, sent } = this.#stored.value;
    const body = typed.trim();
    if (body === '') return undefined;
    const opId = sent?.body === body && !this.#sender.hasComment(sent.opId) ? sent.opId : newOpId();
    this.#set({ body: '', sent: { opId, body } });
    const { ticketId, kind } = this.#key;
    try {
      return await this.#sender.comment(ticketId, { body, internal: kind === 'note' }, opId);
    } finally {
      this.#let(opId);
    }
  }

  /** The editor is closed; the draft stays stored. */
  close(): void {
    this.flush();
    globalThis.removeEventListener?.('pagehide', this.flush);
  }

  /** What was sent before a reload is either on its way again, or back in the editor. */
  async #takeUp(): Promise<void> {
    await this.#sender.restored;
    const { body, sent } = this.#stored.value;
    if (sent === null) return;
    if (this.#sender.hasComment(sent.opId)) return this.#let(sent.opId);
    this.#set({ body: body === '' ? sent.body : `${sent.body}\n\n${body}`, sent: body === '' ? sent : null });
  }

  #let(opId: string): void {
    const { body, sent } = this.#stored.value;
    if (sent?.opId === opId) this.#set({ body, sent: null });
  }

  #set(reply: StoredReply): void {
    this.#stored.set(reply);
    this.#save();
  }

  #save(): void {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    saveReply(this.#key, this.#stored.value);
  }
}
