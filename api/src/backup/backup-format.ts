import { z } from 'zod';

/**
 * A backup is gzip of lines: a header; of each table a line that names it, its rows as PostgreSQL's `COPY` writes
 * them, and `\.`, which no row can be; and last a trailer, without which the file is a part.
 */
export const FORMAT_VERSION = 1;
/** Ends the rows of a table. */
export const ROWS_END = '\\.\n';

export const header = z.object({
  format: z.literal('signalbox backup'),
  version: z.number().int().positive(),
  made_at: z.string(),
  /** Names of the migrations that made the schema, in order. */
  migrations: z.array(z.string()).min(1),
});
export const tableLine = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export const trailer = z.object({
  end: z.literal(true),
  rows: z.record(z.string(), z.number()),
  sequences: z.record(z.string(), z.object({ value: z.string(), called: z.boolean() })),
});

export type Header = z.infer<typeof header>;
export type TableLine = z.infer<typeof tableLine>;
export type Trailer = z.infer<typeof trailer>;

/** The classification jobs that are not done: not a table of ours, and stored as what they are to do. */
export const JOBS = 'classification jobs';
