import type { ConversationState, LiveConversation } from '../sync/live-conversation.js';
import type { SyncClient } from '../sync/sync-client.js';
import { ReplyDraft } from './reply-draft.js';
import type { ReplyKind, StoredReply } from './reply-draft-storage.js';

/** The conversation on the screen, and what its reader is writing: one ticket's after another's. */
export class OpenConversation {
  readonly #client: SyncClient;
  readonly #person: string;
  #live: LiveConversation | undefined;
  #state = $state.raw<ConversationState>();
  #drafts: Readonly<Record<ReplyKind, ReplyDraft>> | undefined;
  #texts = $state.raw<Readonly<Record<ReplyKind, StoredReply>>>();

  /** @param person the id of the person signed in */
  constructor(client: SyncClient, person: string) {
    this.#client = client;
    this.#person = person;
  }

  /** Undefined before the first `show`. */
  get state(): ConversationState | undefined {
    return this.#state;
  }

  /** What is written in the editor of this kind. */
  textOf(kind: ReplyKind): string {
    return this.#texts?.[kind].body ?? '';
  }

  write(kind: ReplyKind, text: string): void {
    if (this.#drafts) this.#drafts[kind].body = text;
  }

  /** Throws ProblemError when it is refused; the conversation shows it as failed. */
  async send(kind: ReplyKind): Promise<void> {
    await this.#drafts?.[kind].send();
  }

  /** Throws as `send`. */
  async retry(opId: string): Promise<void> {
    await this.#client.retryComment(opId);
  }

  /** Reads again after a failure. */
  reload(): void {
    void this.#live?.refresh();
  }

  discard(opId: string): void {
    this.#client.discardComment(opId);
  }

  /** Follows a ticket's conversation; returns how to stop. */
  show(ticketId: number): () => void {
    const live = this.#client.conversation(ticketId);
    this.#live = live;
    const draftOf = (kind: ReplyKind) =>
      new ReplyDraft({ person: this.#person, ticketId, kind }, this.#client);
    const drafts = { reply: draftOf('reply'), note: draftOf('note') };
    this.#drafts = drafts;
    const stops = [
      this.#follow(live),
      ...Object.values(drafts).map((draft) => this.#followDraft(draft, drafts)),
    ];
    return () => {
      for (const stop of stops) stop();
      live.close();
      for (const draft of Object.values(drafts)) draft.close();
    };
  }

  #follow(live: LiveConversation): () => void {
    const take = () => (this.#state = live.state.value);
    take();
    return live.state.subscribe(take);
  }

  #followDraft(draft: ReplyDraft, { reply, note }: Readonly<Record<ReplyKind, ReplyDraft>>): () => void {
    const take = () => (this.#texts = { reply: reply.content.value, note: note.content.value });
    take();
    return draft.content.subscribe(take);
  }
}
