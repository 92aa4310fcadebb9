import { z } from 'zod';

import { SCOPES } from './access.js';
import { email, password, personName, role } from './people.js';
import { personRef } from './ticket.js';

/** Who the caller is, and what a page must know before it shows anything. Everybody may ask. */
export const me = z
  .object({
    kind: z.enum(['requester', 'display', 'person', 'token']),
    person: z
      .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role })
      .nullable()
      .meta({ description: 'Who is signed in; of a token, its maker.' }),
    display: personRef.nullable(),
    scopes: z.array(z.enum(SCOPES)).meta({ description: 'Of a token; else empty.' }),
    public_intake: z.boolean().meta({ description: 'Whether tickets can be submitted without signing in.' }),
    setup_needed: z.boolean().meta({ description: 'There is no administrator yet.' }),
    single_sign_on: z.object({ name: z.string() }).nullable(),
  })
  .meta({ id: 'Me' });

export const signIn = z
  .strictObject({ email: z.string().max(320), password: z.string().max(1_000) })
  .meta({ id: 'SignIn' });

/** `token` is the one of the link that the console or an administrator gave. */
export const setUp = z
  .strictObject({ token: z.string().max(200), name: personName, email, password })
  .meta({ id: 'SetUp' });
export const resetPassword = z
  .strictObject({ token: z.string().max(200), password })
  .meta({ id: 'ResetPassword' });
export const changePassword = z
  .strictObject({ current_password: z.string().max(1_000), password })
  .meta({ id: 'ChangePassword' });
export const patchMe = z.strictObject({ name: personName }).meta({ id: 'PatchMe' });
export const openDisplay = z.strictObject({ token: z.string().max(200) }).meta({ id: 'OpenDisplay' });

export type Me = z.infer<typeof me>;
export type SignIn = z.infer<typeof signIn>;
export type SetUp = z.infer<typeof setUp>;
export type ResetPassword = z.infer<typeof resetPassword>;
export type ChangePassword = z.infer<typeof changePassword>;
export type PatchMe = z.infer<typeof patchMe>;
export type OpenDisplay = z.infer<typeof openDisplay>;
