import { z } from 'zod';

import { personRef, ticket } from './ticket.js';

/** Machine-readable names of everything that can go wrong; `title` and `detail` are for people. */
export const PROBLEM_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'already_claimed',
  'gone',
  'cursor_expired',
  'precondition_failed',
  'too_large',
  'unsupported_media_type',
  'op_id_reused',
  'rate_limited',
  'method_not_allowed',
  'internal',
  'unavailable',
] as const;

export const fieldError = z.object({ field: z.string(), message: z.string() }).meta({ id: 'FieldError' });

/** One field that two people changed to different values. `base` is what `yours` was based on, absent where the log has it no more. */
export const fieldConflict = z
  .object({
    field: z.string(),
    base: z.unknown().optional(),
    yours: z.unknown(),
    theirs: z.unknown(),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'FieldConflict' });

/** RFC 9457 problem details, media type `application/problem+json`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(PROBLEM_CODES),
    errors: z.array(fieldError).optional(),
    conflicts: z.array(fieldConflict).optional(),
    ticket: ticket.optional(),
    holder: personRef.optional(),
  })
  .meta({ id: 'Problem' });

export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type FieldError = z.infer<typeof fieldError>;
export type FieldConflict = z.infer<typeof fieldConflict>;
export type Problem = z.infer<typeof problem>;
