import { z } from 'zod';

import { actor } from './actor.js';
import { opId } from './commands.js';
import { instant, text } from './text.js';
import { ticketId } from './ticket.js';
import { COMMENT_MAX } from './values.js';

/** One message of a ticket's conversation; `internal` is a note that only agents see. */
export const comment = z
  .object({
    id: z.number().int().positive(),
    ticket_id: ticketId,
    author: actor,
    body: z.string(),
    internal: z.boolean(),
    created_at: instant,
  })
  .meta({ id: 'Comment' });

export const createComment = z
  .strictObject({
    body: text(1, COMMENT_MAX),
    internal: z.boolean(),
    op_id: opId.optional(),
  })
  .meta({ id: 'CreateComment' });

export type Comment = z.infer<typeof comment>;
export type CreateComment = z.infer<typeof createComment>;
