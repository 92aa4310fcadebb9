import type { Actor } from '../contract/actor.js';
import type { PatchTicket } from '../contract/commands.js';
import type { Ticket } from '../contract/ticket.js';
import type { Statement } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { TICKET_COLUMNS, type TicketRecord } from './ticket-record.js';

/** Fields that a patch can set, as changes name them, and their columns. */
const COLUMNS = {
  title: 'title',
  description: 'description',
  category: 'category',
  priority: 'priority',
  status: 'status',
  assignee: 'assignee_id',
} as const satisfies Partial<Record<keyof PatchTicket, string>>;

export type PatchField = keyof typeof COLUMNS;

/** What must hold of the ticket for a patch to be applied. */
export interface PatchConditions {
  /** Each field was last changed at or below this version, or has the wanted value already. */
  readonly baseVersion: number | null;
  /** The whole row is at one of these versions. */
  readonly versions: readonly number[] | null;
}

/** The values to set, by field; absent fields stay as they are. */
export type PatchValues = Partial<Pick<PatchTicket, PatchField>>;

export const patchFields = (values: PatchValues): PatchField[] =>
  (Object.keys(COLUMNS) as PatchField[]).filter((field) => values[field] !== undefined);

/** The condition that tickets can be given to the person with this id. */
const isAssignable = (id: string) => `exists (select from person where id = ${id} and disabled_at is null)`;

/**
 * One UPDATE that applies all of `values` if the conditions hold at the moment it has the row, else nothing:
 * another writer that commits first makes PostgreSQL check them again on the new row. It gives the new row,
 * or none when a condition failed or nothing changes.
 * @param values at least one field
 */
export function patchStatement(
  id: number,
  values: PatchValues,
  { baseVersion, versions }: PatchConditions,
  actor: Actor,
): Statement {
  const fields = patchFields(values);
  const parameter = (field: PatchField) => `$${fields.indexOf(field) + 5}`;
  const set = fields.map((field) => `${COLUMNS[field]} = ${parameter(field)}`);
  const unchanged = fields.map(
    (field) => `(coalesce((ticket.field_version ->> '${field}')::int, 0) <= $3
      or ticket.${COLUMNS[field]} is not distinct from ${parameter(field)})`,
  );
  const person =
    typeof values.assignee === 'string'
      ? `and (ticket.assignee_id = ${parameter('assignee')} or ${isAssignable(parameter('assignee'))})`
      : '';
  return {
    // The initials tell the fields apart; names are cut after 63 characters.
    name: `ticket-patch ${fields.map(([initial]) => initial).join('')}${person && '+'}`,
    text: `
      update ticket set ${set.join(', ')}
      where id = $1 and ($2::int[] is null or version = any ($2))
        and ($3::int is null or (version >= $3 and ${unchanged.join(' and ')})) ${person}
      returning ${TICKET_COLUMNS}, set_config('feed.actor', $4, true)`,
    values: [id, versions, baseVersion, JSON.stringify(actor), ...fields.map((field) => values[field])],
  };
}

/**
 * One UPDATE that gives the ticket to a person if nobody has it at the moment it has the row, else nothing. It
 * gives the new row.
 */
export const claimStatement = (id: number, personId: string, actor: Actor): Statement => ({
  name: 'ticket-claim',
  text: `
    update ticket set assignee_id = $2 where id = $1 and assignee_id is null and ${isAssignable('$2')}
    returning ${TICKET_COLUMNS}, set_config('feed.actor', $3, true)`,
  values: [id, personId, JSON.stringify(actor)],
});

/** A row of `patchState`: the ticket and, by field, the version that last changed it. */
export interface PatchState extends TicketRecord {
  readonly field_version: Readonly<Record<string, number>>;
  /** Whether tickets can be given to the wanted assignee; null: there is no such person. */
  readonly assignable: boolean | null;
}

/** What is needed to say why a patch or a claim did not apply. @param assignee whom it wants to assign, if anybody */
export const patchState = (id: number, assignee: string | null): Statement => ({
  name: 'ticket-patch-state',
  text: `select ${TICKET_COLUMNS}, ticket.field_version,
           case when $2::text is null then true else (select disabled_at is null from person where id = $2) end
             as assignable
         from ticket where id = $1`,
  values: [id, assignee],
});

/** A field's value as changes and conflicts write it: people by their id. */
export const patchValue = (ticket: Ticket, field: PatchField): unknown =>
  field === 'assignee' ? (ticket.assignee?.id ?? null) : ticket[field];

export interface FieldChanges {
  readonly field: PatchField;
  /** The value before the first change above the base; of no meaning unless `whole`. */
  readonly base: unknown;
  /** Whether the log still has what followed the base: retention takes the oldest events first. */
  readonly whole: boolean;
  /** Who made the last change, and when. */
  readonly by: string;
  readonly at: string;
}

/** By field, what happened to it above version `base` and up to version `to`. */
export const changesSince = (
  id: number,
  fields: readonly PatchField[],
  base: number,
  to: number,
): Statement => ({
  name: 'ticket-changes-since',
  text: `
    select field,
      (array_agg(case field when 'description' then to_json(description_before) else changes -> field -> 0 end
        order by id))[1] as base,
      exists (select from event where ticket_id = $1 and type = 'ticket.updated' and version = $2 + 1) as whole,
      (array_agg(actor ->> 'name' order by id desc))[1] as by,
      (array_agg(${instantSql('at')} order by id desc))[1] as at
    from event, unnest(changed) field
    where ticket_id = $1 and type = 'ticket.updated' and version > $2 and version <= $3 and field = any ($4)
    group by field order by field`,
  values: [id, base, to, fields],
});
