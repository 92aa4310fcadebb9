import { z } from 'zod';

import { ACTOR_KINDS } from './values.js';

/** Who made a change; a change by plain SQL has kind `database`. */
export const actor = z
  .object({
    kind: z.enum(ACTOR_KINDS),
    id: z.string().nullable(),
    name: z.string(),
  })
  .meta({ id: 'Actor' });

export type Actor = z.infer<typeof actor>;
