import { defineEntity, p } from '@mikro-orm/core';

import type { Role } from '../contract/access.js';

/** Somebody who can be assigned, and who signs in if there is an address. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    email: p.text().nullable(),
    emailVerified: p.boolean().default(false),
    image: p.text().nullable(),
    role: p.text().$type<Role>().default('agent'),
    disabledAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    updatedAt: p.datetime(3).defaultRaw('now()'),
  },
});
