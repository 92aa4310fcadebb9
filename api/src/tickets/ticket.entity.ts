import { defineEntity, p } from '@mikro-orm/core';

import type { Category, Classification, Priority, Status } from '../contract/ticket.js';
import { PersonEntity } from './person.entity.js';

/**
 * A ticket as the database holds it. `version`, `fieldVersion` and `updatedAt` belong to the table's
 * trigger and `priorityRank` is generated: what is set here of these is never stored.
 */
export const TicketEntity = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: p.bigint('number').primary(),
    title: p.text(),
    description: p.text(),
    category: p.text().$type<Category>().default('general'),
    priority: p.text().$type<Priority>().default('low'),
    priorityRank: p
      .smallint()
      .generated(
        `(case priority when 'low' then 0 when 'medium' then 1 when 'high' then 2 else 3 end) stored`,
      ),
    status: p.text().$type<Status>().default('open'),
    assignee: () => p.manyToOne(PersonEntity).nullable().deleteRule('set null'),
    requesterName: p.text().nullable(),
    requesterEmail: p.text().nullable(),
    classification: p.json<Classification>().nullable(),
    version: p.integer().default(1),
    /** Field, as changes name it → the version that last changed it; absent: as it was created. */
    fieldVersion: p.json<Record<string, number>>().defaultRaw(`'{}'`),
    createdAt: p.datetime(3).defaultRaw('now()'),
    updatedAt: p.datetime(3).defaultRaw('now()'),
  },
});
