import type { Comment } from '#contract/comments';
import type { CommentList } from '#contract/queries';

import { ProblemError } from '../api/errors.js';
import type { Change } from './change.js';
import type { PendingComment } from './pending-comments.js';
import type { Reader } from './reader.js';
import { Rereading } from './rereading.js';
import { Signal, type Readable } from './signal.js';

/** A line of the conversation: one that is there, or one of the person's own on its way. */
export type ConversationItem =
  | { readonly kind: 'comment'; readonly key: string; readonly comment: Comment }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: PendingComment };

export interface ConversationState {
  /** `gone`: the ticket was deleted, or never was. */
  readonly phase: 'loading' | 'ready' | 'gone' | 'failed';
  /** Why it failed, or why a read is being tried again; undefined when all is well. */
  readonly problem: unknown;
  /** Oldest first; the person's own that are not taken yet come last. */
  readonly items: readonly ConversationItem[];
}

export interface ConversationCommands {
  listComments(ticketId: number, link?: string, signal?: AbortSignal): Promise<CommentList>;
}

export interface ConversationParts {
  readonly reader: Reader;
  readonly commands: ConversationCommands;
  readonly pending: Readable<readonly PendingComment[]>;
  /** The id of the person signed in. */
  readonly me: string | undefined;
  /** Called once, by `close`. */
  closed(conversation: LiveConversation): void;
}

/** The comments of a ticket, kept current. SPEC.md, section V. */
export class LiveConversation {
  readonly ticketId: number;
  readonly #parts: ConversationParts;
  readonly #state = new Signal<ConversationState>({ phase: 'loading', problem: undefined, items: [] });
  readonly #reading: Rereading<readonly Comment[]>;
  readonly #stop: () => void;
  #comments = new Map<number, Comment>();
  /** Those that came since the read under way began. */
  #arrived: Comment[] = [];
  /** The ticket was deleted since then: whatever is still answered, it is gone. */
  #isDeleted = false;
  /** Own ones that were taken, by op_id. */
  readonly #taken = new Set<string>();
  #shown: ReadonlySet<number> = new Set();

  constructor(parts: ConversationParts, ticketId: number) {
    this.ticketId = ticketId;
    this.#parts = parts;
    this.#reading = new Rereading({
      reader: parts.reader,
      fetch: (signal) => this.#readAll(signal),
      begins: () => this.#begin(),
      answered: (comments) => this.#replace(comments),
      retrying: (problem) => this.#show({ problem }),
      failed: (problem) => this.#failed(problem),
    });
    this.#stop = parts.pending.subscribe(() => this.#show({}));
    this.#show({});
    parts.reader.first(() => void this.#reading.read());
  }

  get state(): Readable<ConversationState> {
    return this.#state;
  }

  /** Reads again from the server. */
  refresh(): Promise<void> {
    return this.#reading.read();
  }

  close(): void {
    this.#stop();
    this.#reading.close();
    this.#parts.closed(this);
  }

  /** Takes in a change of the desk. */
  changed({ events, moored }: Change): void {
    const mine = events.filter((event) => event.ticket_id === this.ticketId);
    const comments = mine.flatMap(({ comment }) => comment ?? []);
    if (comments.length > 0) this.#add(comments);
    if (mine.some(({ type }) => type === 'ticket.deleted')) {
      this.#isDeleted = true;
      this.#show({ phase: 'gone' });
    }
    if (!moored) return;
    this.#begin();
    void this.#reading.read();
  }

  /** A comment of the person's own on this ticket has been taken, as the server says. */
  taken(opId: string, comment: Comment): void {
    this.#taken.add(opId);
    this.#add([comment]);
  }

  async #readAll(signal: AbortSignal): Promise<readonly Comment[]> {
    const comments: Comment[] = [];
    for (let link: string | undefined; ;) {
      const page = await this.#parts.commands.listComments(this.ticketId, link, signal);
      comments.push(...page.results);
      if (page.next === null) return comments;
      link = page.next;
    }
  }

  #begin(): void {
    this.#arrived = [];
    this.#isDeleted = false;
  }

  #add(comments: readonly Comment[]): void {
    this.#arrived.push(...comments);
    for (const comment of comments) this.#comments.set(comment.id, comment);
    this.#show({});
  }

  #replace(comments: readonly Comment[]): void {
    this.#comments = new Map([...comments, ...this.#arrived].map((comment) => [comment.id, comment]));
    this.#show({ phase: this.#isDeleted ? 'gone' : 'ready', problem: undefined });
  }

  #failed(problem: unknown): void {
    const isGone = problem instanceof ProblemError && (problem.status === 404 || problem.status === 410);
    this.#show(isGone ? { phase: 'gone', problem: undefined } : { phase: 'failed', problem });
  }

  #show(part: Partial<Omit<ConversationState, 'items'>>): void {
    const pending = this.#parts.pending.value.filter(
      ({ ticketId, opId }) => ticketId === this.ticketId && !this.#taken.has(opId),
    );
    const comments = this.#withoutTwins(pending);
    this.#shown = new Set(comments.map(({ id }) => id));
    const { phase, problem } = this.#state.value;
    this.#state.set({
      phase,
      problem,
      ...part,
      items: [
        ...comments.map((comment) => ({ kind: 'comment', key: `${comment.id}`, comment }) as const),
        ...pending.map((one) => ({ kind: 'pending', key: one.opId, pending: one }) as const),
      ],
    });
  }

  /**
   * By id, without those that are, by all appearances, a pending one whose answer is still to come: which
   * comment it has become only the answer says. What was shown once stays.
   */
  #withoutTwins(pending: readonly PendingComment[]): readonly Comment[] {
    const comments = [...this.#comments.values()].sort((one, other) => one.id - other.id);
    for (const { body, internal, problem } of pending) {
      if (problem) continue;
      const twin = comments.findLastIndex(
        (comment) =>
          !this.#shown.has(comment.id) &&
          comment.author.kind === 'agent' &&
          comment.author.id === this.#parts.me &&
          comment.internal === internal &&
          comment.body === body.trim(),
      );
      if (twin >= 0) comments.splice(twin, 1);
    }
    return comments;
  }
}
