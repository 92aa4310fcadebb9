import { z } from 'zod';

import { text } from './text.js';
import { category, description, priority, status, title } from './ticket.js';

/** Names a write; in lower case, since UUIDs are compared without regard to case. */
export const opId = z
  .uuid()
  .toLowerCase()
  .meta({ description: 'The same call again with the same id returns the stored answer.' });

export const requesterInput = z.strictObject({
  name: text(1, 200),
  email: text(3, 320).pipe(z.email('must be an e-mail address')),
});

export const createTicket = z
  .strictObject({
    title,
    description,
    category: category.optional(),
    priority: priority.optional(),
    requester: requesterInput.optional(),
    suggestion: z.string().max(4_000).optional(),
    op_id: opId.optional(),
  })
  .meta({ id: 'CreateTicket' });

export const patchTicket = z
  .strictObject({
    title: title.optional(),
    description: description.optional(),
    category: category.optional(),
    priority: priority.optional(),
    status: status.optional(),
    assignee: text(1, 64).nullable().optional(),
    base_version: z.number().int().positive().max(2_147_483_647).optional(),
    op_id: opId.optional(),
  })
  .meta({ id: 'PatchTicket' });

export type CreateTicket = z.infer<typeof createTicket>;
export type PatchTicket = z.infer<typeof patchTicket>;
