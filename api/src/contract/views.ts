import { z } from 'zod';

import { text } from './text.js';
import { personRef } from './ticket.js';

/** Views that one person may have. */
export const VIEWS_MAX = 100;

const name = text(1, 60);
/** Filters as the list of tickets takes them, `status=open&priority=critical`; without a page or cursor. */
const viewQuery = text(0, 1_000);

/** A saved choice of filters: one's own, or shared with everybody at the desk. */
export const view = z
  .object({
    id: z.uuid(),
    name: z.string(),
    query: z.string(),
    shared: z.boolean(),
    owner: personRef,
  })
  .meta({ id: 'View' });

export const createView = z
  .strictObject({ name, query: viewQuery, shared: z.boolean().default(false) })
  .meta({ id: 'CreateView' });
export const patchView = z
  .strictObject({ name: name.optional(), query: viewQuery.optional(), shared: z.boolean().optional() })
  .meta({ id: 'PatchView' });
export const viewParam = z.object({ id: z.uuid() });
export const viewList = z.object({ results: z.array(view) }).meta({ id: 'ViewList' });

export type View = z.infer<typeof view>;
export type CreateView = z.infer<typeof createView>;
export type PatchView = z.infer<typeof patchView>;
export type ViewList = z.infer<typeof viewList>;
