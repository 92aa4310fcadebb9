import { defineEntity, p } from '@mikro-orm/core';

/** Somebody who can be assigned. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
