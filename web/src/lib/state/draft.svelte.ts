import type { CreateTicket } from '#contract/commands';
import type { Category, Priority, Ticket } from '#contract/ticket';

import { isPassing, ProblemError } from '../api/errors.js';
import { createTicket } from '../api/tickets.js';
import { backoff, systemClock } from '../sync/clock.js';
import { newOpId } from '../sync/op-id.js';
import { submit as text } from '../text.js';
import { bodyOf, decided, faultsOf, type DraftErrors, type DraftField } from './draft-body.js';
import { EMPTY_DRAFT, loadDraft, saveDraft, type StoredDraft } from './draft-storage.js';
import { Suggestion } from './suggestion.svelte.js';

/** `unanswered`: sent, but nobody knows whether it arrived; it is sent again with the same op_id. */
export type DraftPhase = 'editing' | 'sending' | 'unanswered' | 'received';

/** A ticket being written and submitted: once, whatever the network does. */
export class Draft {
  readonly suggestion = new Suggestion();
  #content = $state.raw(loadDraft());
  #phase = $state<DraftPhase>('editing');
  #receipt = $state.raw<Ticket>();
  #errors = $state.raw<DraftErrors>({});
  #failure = $state<string>();
  #heldUntil = $state<number>();
  #wake: (() => void) | undefined;
  #closed = false;

  constructor() {
    if (this.#content.sent) void this.#deliver(this.#content.sent);
    else this.suggestion.follow(this.#content.description);
  }

  get phase(): DraftPhase {
    return this.#phase;
  }

  /** Of the ticket made, in the phase `received`. */
  get receipt(): Ticket | undefined {
    return this.#receipt;
  }

  /** What is wrong with which field. */
  get errors(): DraftErrors {
    return this.#errors;
  }

  /** When it is sent again, milliseconds since 1970; undefined: the server has not said that it is too much. */
  get heldUntil(): number | undefined {
    return this.#heldUntil;
  }

  /** Why the whole was refused, when it is about no field. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get title(): string {
    return this.#content.title;
  }

  set title(title: string) {
    this.#edit('title', { title });
  }

  get description(): string {
    return this.#content.description;
  }

  set description(description: string) {
    this.#edit('description', { description });
    this.suggestion.follow(description);
  }

  /** The writer's choice, else the model's; null: left to the desk. */
  get category(): Category | null {
    return decided(this.#content.category, this.suggestion.result?.category);
  }

  set category(category: Category | null) {
    this.#edit('category', { category: category ?? 'left' });
  }

  get priority(): Priority | null {
    return decided(this.#content.priority, this.suggestion.result?.priority);
  }

  set priority(priority: Priority | null) {
    this.#edit('priority', { priority: priority ?? 'left' });
  }

  /** Sends it, unless it is on its way or a field is wrong. */
  async submit(): Promise<void> {
    if (this.#phase !== 'editing') return;
    this.#failure = undefined;
    this.#errors = faultsOf(this.#content);
    if (Object.keys(this.#errors).length > 0) return;
    const { phase, result } = this.suggestion;
    const body = bodyOf(this.#content, result, phase === 'given', newOpId());
    this.suggestion.forget();
    this.#keep({ sent: body });
    await this.#deliver(body);
  }

  /** The network seems to be back. */
  retryNow(): void {
    this.#wake?.();
  }

  /** The page is left. What is not answered is taken up by the next draft, with the same op_id. */
  close(): void {
    this.#closed = true;
    this.suggestion.forget();
    this.#wake?.();
  }

  startAnother(): void {
    this.#receipt = undefined;
    this.suggestion.clear();
    this.#phase = 'editing';
  }

  #edit(field: DraftField, part: Partial<StoredDraft>): void {
    if (this.#phase !== 'editing') return;
    this.#keep(part);
    this.#errors = { ...this.#errors, [field]: undefined };
  }

  #keep(part: Partial<StoredDraft>): void {
    this.#content = { ...this.#content, ...part };
    saveDraft(this.#content);
  }

  async #deliver(body: CreateTicket): Promise<void> {
    this.#phase = 'sending';
    for (let failures = 1; ; failures += 1) {
      try {
        const receipt = await createTicket(body);
        if (this.#closed) return;
        this.#receipt = receipt;
        this.#content = EMPTY_DRAFT;
        saveDraft(EMPTY_DRAFT);
        this.#phase = 'received';
        return;
      } catch (failure) {
        if (this.#closed) return;
        if (!isPassing(failure)) return this.#refused(failure, body);
        this.#phase = 'unanswered';
        const refusal = failure instanceof ProblemError ? failure : undefined;
        const ms = refusal?.retryAfterMs ?? backoff(failures, systemClock, 1_000);
        this.#heldUntil = refusal?.status === 429 ? Date.now() + ms : undefined;
        await this.#pause(ms);
        if (this.#closed) return;
      }
    }
  }

  #refused(failure: unknown, body: CreateTicket): void {
    if (failure instanceof ProblemError && body.suggestion && failure.messageFor('suggestion')) {
      // It has expired while the form lay open: the writer has seen and kept its values all the same.
      const unsigned = { ...body, suggestion: undefined, op_id: newOpId() };
      this.#keep({ sent: unsigned });
      return void this.#deliver(unsigned);
    }
    const errors: Partial<Record<DraftField, string>> = {};
    if (failure instanceof ProblemError) {
      for (const field of ['title', 'description', 'category', 'priority'] as const) {
        errors[field] = failure.messageFor(field);
      }
    }
    const named = Object.values(errors).some((message) => message !== undefined);
    this.#errors = errors;
    this.#failure = named ? undefined : failure instanceof Error ? failure.message : text.failed;
    this.#keep({ sent: null });
    this.#phase = 'editing';
    this.suggestion.follow(this.#content.description);
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}
