import { z } from 'zod';

/** Code points, not UTF-16 units: PostgreSQL's char_length counts the same way. */
const codePoints = (value: string): number => {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
};

/**
 * Text as PostgreSQL can hold it and people can read it: no NUL, no lone surrogate.
 * Trimmed first; `min` and `max` count code points after trimming.
 */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode (it holds a lone surrogate)')
    .refine((value) => !value.includes('\0'), 'must not contain the NUL character')
    .refine(
      (value) => codePoints(value) >= min,
      min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    )
    .refine((value) => codePoints(value) <= max, `must have at most ${max} characters`)
    .meta({ minLength: min, maxLength: max });

/** A moment in UTC, ISO 8601 with milliseconds: `2026-11-21T09:00:00.000Z`. */
export const instant = z.iso.datetime({ precision: 3 }).meta({ id: 'Instant' });
