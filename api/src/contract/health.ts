import { z } from 'zod';

const check = z.enum(['up', 'down']);
const optionalCheck = z.enum(['up', 'down', 'off']);

export const live = z.object({ status: z.literal('up') }).meta({ id: 'Live' });
/**
 * 200 when requests can be served, `up` or `degraded`: a part that can be done without is down. 503 with the same
 * shape when a part that is needed is down, or the process is about to end.
 */
export const ready = z
  .object({
    status: z.enum(['up', 'degraded', 'down']),
    /** True from the moment on when the process was told to end: what it is still asked, it answers. */
    stopping: z.boolean(),
    checks: z.object({
      database: check,
      feed: check,
      /** Down: suggestions are general and low. */
      classifier: optionalCheck,
      /** Down: limits and presence are each process's own. */
      redis: optionalCheck,
    }),
  })
  .meta({ id: 'Ready' });

export type Ready = z.infer<typeof ready>;
