import { z } from 'zod';

import { category, description, priority } from './ticket.js';

export const classifyRequest = z.strictObject({ description }).meta({ id: 'ClassifyRequest' });

/** Always given within the deadline; `fallback` (general, low) when the model could not answer. */
export const classifyResult = z
  .object({
    category,
    priority,
    confidence: z.number().min(0).max(1).nullable(),
    reason: z.string().max(200).nullable(),
    source: z.enum(['model', 'fallback']),
    model: z.string().nullable(),
    latency_ms: z.number().nullable(),
    suggestion: z.string().meta({ description: 'Signed; pass it on creation to record what was suggested.' }),
  })
  .meta({ id: 'ClassifyResult' });

export type ClassifyRequest = z.infer<typeof classifyRequest>;
export type ClassifyResult = z.infer<typeof classifyResult>;
