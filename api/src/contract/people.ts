import { z } from 'zod';

import { ROLES } from './access.js';
import { instant, text } from './text.js';
import { personRef } from './ticket.js';
import { PASSWORD_MAX, PASSWORD_MIN, PERSON_NAME_MAX } from './values.js';

export const role = z.enum(ROLES).meta({ id: 'Role' });
export const personName = text(1, PERSON_NAME_MAX);
/** Addresses are kept and compared in lower case. */
export const email = text(3, 320)
  .pipe(z.email('must be an e-mail address'))
  .transform((value) => value.toLowerCase())
  .meta({ type: 'string', format: 'email', maxLength: 320 });
/** Not trimmed: a password is taken as it was typed. */
export const password = z
  .string()
  .min(PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX, `must have at most ${PASSWORD_MAX} characters`);

/** Somebody as administrators see them. */
export const person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Null: known by name only, cannot sign in.' }),
    role,
    disabled: z.boolean(),
    created_at: instant,
    last_sign_in_at: instant.nullable(),
  })
  .meta({ id: 'Person' });

export const personParam = z.object({ id: text(1, 64) });

export const createPerson = z.strictObject({ name: personName, email, role }).meta({ id: 'CreatePerson' });

export const patchPerson = z
  .strictObject({
    name: personName.optional(),
    email: email.optional(),
    role: role.optional(),
    disabled: z.boolean().optional(),
  })
  .meta({ id: 'PatchPerson' });

/** A link by which somebody sets their password, once. It is shown to its maker and to nobody else. */
export const passwordLink = z.object({ url: z.url(), expires_at: instant }).meta({ id: 'PasswordLink' });
export const invitation = z.object({ person, link: passwordLink }).meta({ id: 'Invitation' });

/** Who can be given a ticket: everybody who is not disabled, by name. */
export const assignees = z.object({ results: z.array(personRef) }).meta({ id: 'Assignees' });

export type Person = z.infer<typeof person>;
export type CreatePerson = z.infer<typeof createPerson>;
export type PatchPerson = z.infer<typeof patchPerson>;
export type PasswordLink = z.infer<typeof passwordLink>;
export type Invitation = z.infer<typeof invitation>;
export type Assignees = z.infer<typeof assignees>;
