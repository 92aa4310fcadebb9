import { Injectable } from '@nestjs/common';

import { ClassificationQueue } from '../classification/classification-queue.js';
import type { Actor } from '../contract/actor.js';
import type { ClassificationSource, Ticket } from '../contract/ticket.js';
import type { Session } from '../database/database.js';
import { patchStatement, type PatchValues } from './ticket-patch.js';
import { TICKET_COLUMNS, type TicketRecord, toTicket } from './ticket-record.js';

const CLASSIFIED = ['category', 'priority'] as const;
const ALWAYS = { baseVersion: null, versions: null };

/** Keeps what somebody chooses for a ticket that waits for the classifier, also where it has that value already. */
@Injectable()
export class TicketChoices {
  constructor(private readonly queue: ClassificationQueue) {}

  /**
   * Takes the classified fields of `values` away from the classifier; when it has none left, people have classified
   * the ticket.
   * @param ticket as the patch by `values` left it
   * @returns the ticket afterwards
   */
  async keep(ticket: Ticket, values: PatchValues, actor: Actor, session: Session): Promise<Ticket> {
    const chosen = CLASSIFIED.filter((field) => values[field] !== undefined);
    if (ticket.classification?.source !== 'pending' || chosen.length === 0) return ticket;
    return session.transaction(async (within) => {
      const [locked] = await within.query<{ source: ClassificationSource }>({
        name: 'ticket-choice',
        text: `select classification ->> 'source' as source from ticket where id = $1 for update`,
        values: [ticket.id],
      });
      if (locked === undefined) return ticket;
      // The classifier came between: the choice is the later one.
      if (locked.source !== 'pending') {
        const chosenValues = Object.fromEntries(chosen.map((field) => [field, values[field]]));
        const [row] = await within.query<TicketRecord>(
          patchStatement(ticket.id, chosenValues, ALWAYS, actor),
        );
        return row === undefined ? ticket : toTicket(row);
      }
      if (!(await this.queue.leaveOut(ticket.id, chosen, within.execute))) return ticket;
      const [decided] = await within.query<TicketRecord>({
        name: 'ticket-chosen',
        text: `
          update ticket set classification = classification
            || jsonb_build_object('source', 'human', 'category', category, 'priority', priority)
          where id = $1 returning ${TICKET_COLUMNS}, set_config('feed.actor', $2, true)`,
        values: [ticket.id, JSON.stringify(actor)],
      });
      return toTicket(decided!);
    });
  }
}
