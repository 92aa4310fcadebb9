import { z } from 'zod';

/** A comma list of known values, `open,resolved`, without repeats. */
export const listOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((value) => [...new Set(value.split(','))])
    .pipe(z.array(z.enum(values)))
    .meta({ type: 'string', description: `Comma list of ${values.join(', ')}.` });

/** A whole number in a query string: digits only. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .meta({ type: 'integer', minimum: min, maximum: max });

/** A moment or a date. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be an ISO 8601 date or date and time')
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()), 'must be an ISO 8601 date or date and time')
  .meta({ type: 'string', description: 'ISO 8601; a date alone is its midnight in UTC.' });
