import { z } from 'zod';

const check = z.enum(['up', 'down']);

export const live = z.object({ status: z.literal('up') }).meta({ id: 'Live' });
/** 200 when every part is up, else 503 with the same shape. */
export const ready = z
  .object({
    status: check,
    checks: z.object({
      database: check,
      feed: check,
      classifier: z.enum(['up', 'down', 'off']),
    }),
  })
  .meta({ id: 'Ready' });

export type Ready = z.infer<typeof ready>;
