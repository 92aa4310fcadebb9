import { LockMode } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { type ClassificationJob, ClassificationQueue } from '../classification/classification-queue.js';
import { ClassificationService, type Patience } from '../classification/classification.service.js';
import type { Suggestion } from '../classification/suggestion-signer.js';
import type { Actor } from '../contract/actor.js';
import { EventLog } from '../event-log/event-log.js';
import { TicketEntity } from './ticket.entity.js';

/** Fills in, in the background, what nobody chose for a ticket. */
@Injectable()
export class TicketClassifier implements OnApplicationBootstrap {
  constructor(
    private readonly orm: MikroORM,
    private readonly queue: ClassificationQueue,
    private readonly classification: ClassificationService,
    private readonly log: EventLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.process((job, patience) => this.classify(job, patience));
  }

  /**
   * Asks for a suggestion and stores it, unless the ticket is gone or has one by now. A field that a person
   * has set since is left as it is, also one that they found right.
   * @throws ModelError when another attempt will follow; errors of the database
   */
  async classify(job: ClassificationJob, patience: Patience): Promise<void> {
    const em = this.orm.em.fork();
    const waiting = await em.findOne(TicketEntity, job.ticketId, {
      fields: ['description', 'classification'],
    });
    if (waiting?.classification?.source !== 'pending') return;
    await this.#store(job, await this.classification.classifyLater(waiting.description, patience));
  }

  async #store({ ticketId }: ClassificationJob, made: Suggestion): Promise<void> {
    const actor: Actor = { kind: 'classifier', id: null, name: made.model ?? 'Classifier' };
    await this.orm.em.fork().transactional(
      async (em) => {
        const ticket = await em.findOne(TicketEntity, ticketId, { lockMode: LockMode.PESSIMISTIC_WRITE });
        // Another attempt has stored its answer, or the ticket is gone.
        if (ticket?.classification?.source !== 'pending') return;
        const fields = await this.queue.fields(ticketId, em);
        const untouched = (field: 'category' | 'priority') =>
          fields.includes(field) && ticket.fieldVersion[field] === undefined;
        if (untouched('category')) ticket.category = made.category;
        if (untouched('priority')) ticket.priority = made.priority;
        ticket.classification = made;
      },
      { sessionContext: { variables: { 'feed.actor': JSON.stringify(actor) } } },
    );
    this.log.poke();
  }
}
