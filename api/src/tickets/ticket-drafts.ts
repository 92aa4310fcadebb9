import { Injectable } from '@nestjs/common';

import { SuggestionError } from '../classification/classification.errors.js';
import { type Suggestion, SuggestionSigner } from '../classification/suggestion-signer.js';
import type { CreateTicket } from '../contract/commands.js';
import type { Classification, Ticket } from '../contract/ticket.js';
import { ProblemError } from '../problems/problem-error.js';

/** A checked `createTicket`: what is to be stored, and which fields the model is to fill in later. */
export interface NewTicket {
  readonly values: Pick<Ticket, 'title' | 'description' | 'category' | 'priority' | 'requester'>;
  readonly classification: Classification;
  readonly unset: readonly ('category' | 'priority')[];
}

/** Decides what new tickets start with. */
@Injectable()
export class TicketDrafts {
  constructor(private readonly signer: SuggestionSigner) {}

  /** @throws ProblemError `invalid` when the suggestion was not made here for this description */
  async draft({
    title,
    description,
    category,
    priority,
    requester,
    suggestion,
  }: CreateTicket): Promise<NewTicket> {
    const suggested = suggestion === undefined ? null : await this.#verified(suggestion, description);
    const values = {
      title,
      description,
      category: category ?? suggested?.category ?? 'general',
      priority: priority ?? suggested?.priority ?? 'low',
      requester: requester ?? null,
    } as const;
    if (suggested !== null) return { values, classification: suggested, unset: [] };
    const unset = [
      ...(category === undefined ? (['category'] as const) : []),
      ...(priority === undefined ? (['priority'] as const) : []),
    ];
    const source = unset.length === 0 ? 'human' : 'pending';
    return { values, classification: unanswered(source, values), unset };
  }

  async #verified(token: string, description: string): Promise<Suggestion> {
    try {
      return await this.signer.verify(token, description);
    } catch (error) {
      throw error instanceof SuggestionError ? ProblemError.field('suggestion', error.message) : error;
    }
  }
}

/** A classification that holds the ticket's own values: a person chose them, or nobody has yet. */
function unanswered(
  source: 'human' | 'pending',
  { category, priority }: Pick<Ticket, 'category' | 'priority'>,
): Classification {
  return { source, model: null, category, priority, confidence: null, reason: null, latency_ms: null };
}
