import { z } from 'zod';

import { SCOPES } from './access.js';
import { instant, text } from './text.js';
import { personRef } from './ticket.js';

const name = text(1, 100);

/** A token without its secret, which is shown once and kept as a hash. */
export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    person: personRef.meta({ description: 'Whose role bounds it.' }),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable().meta({ description: 'To the minute.' }),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'ApiToken' });

export const createApiToken = z
  .strictObject({
    name,
    scopes: z
      .array(z.enum(SCOPES))
      .min(1, 'must name at least one scope')
      .transform((scopes) => [...new Set(scopes)])
      .meta({ type: 'array' }),
    expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  })
  .meta({ id: 'CreateApiToken' });

export const createdApiToken = apiToken
  .pick({ id: true, name: true, scopes: true, expires_at: true })
  .extend({ token: z.string().meta({ description: 'Shown here and never again.' }) })
  .meta({ id: 'CreatedApiToken' });

export const display = z
  .object({
    id: z.string(),
    name: z.string(),
    created_at: instant,
    last_seen_at: instant.nullable().meta({ description: 'To the minute.' }),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'Display' });

export const createDisplay = z.strictObject({ name }).meta({ id: 'CreateDisplay' });
export const createdDisplay = display
  .pick({ id: true, name: true })
  .extend({ url: z.url().meta({ description: 'Shown here and never again.' }) })
  .meta({ id: 'CreatedDisplay' });

export const credentialParam = z.object({ id: z.uuid() });

export type ApiToken = z.infer<typeof apiToken>;
export type CreateApiToken = z.infer<typeof createApiToken>;
export type CreatedApiToken = z.infer<typeof createdApiToken>;
export type Display = z.infer<typeof display>;
export type CreateDisplay = z.infer<typeof createDisplay>;
export type CreatedDisplay = z.infer<typeof createdDisplay>;
