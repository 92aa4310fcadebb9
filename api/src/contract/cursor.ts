import { z } from 'zod';

/**
 * A position in the log of changes. `epoch` names the history, `id` the last event seen (0: none yet),
 * `mark` is that event's own random mark ('' at 0), so that a position of another history is recognised.
 */
export const cursor = z
  .strictObject({
    epoch: z.uuid(),
    id: z.number().int().min(0),
    mark: z.string().max(64),
  })
  .meta({ id: 'Cursor' });

export type Cursor = z.infer<typeof cursor>;
