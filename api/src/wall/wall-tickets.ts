import { CATEGORIES, type Category, PRIORITIES, type Priority, type Status } from '../contract/ticket.js';
import type { WallTicket } from '../contract/wall.js';
import type { Session, Statement } from '../database/database.js';
import { instantSql } from '../database/instant.js';

const LENGTH = 10;

/** Column by column, so that what is added to tickets later stays out until it is let in. */
const COLUMNS = `t.id, t.title, t.category, t.priority, t.status, t.assignee_id, t.version,
  ${instantSql('t.created_at')} as created_at, ${instantSql('t.updated_at')} as updated_at,
  (select name from person where person.id = t.assignee_id) as assignee_name`;

interface WallRecord {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly status: Status;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The first of each combination of facets, by the index that holds just those in order of creation; of them the first. */
const firstOf = (combinations: string, condition: string, direction: 'asc' | 'desc'): string => `
  select ${COLUMNS} from (
    select f.id from ${combinations} cross join lateral (
      select id, created_at from ticket
      where status = c.status and category = c.category and priority = c.priority ${condition}
      order by created_at ${direction}, id ${direction} limit ${LENGTH}) f
    order by f.created_at ${direction}, f.id ${direction} limit ${LENGTH}) k
  join ticket t on t.id = k.id
  order by t.created_at ${direction}, t.id ${direction}`;

const list = (values: readonly string[]) => `unnest('{${values.join(',')}}'::text[])`;
const CATEGORY = list(CATEGORIES);

const NEWEST_CRITICAL: Statement = {
  name: 'wall-critical',
  text: firstOf(
    `(select s as status, g as category, 'critical' as priority from ${list(['open', 'in_progress'])} s, ${CATEGORY} g) c`,
    '',
    'desc',
  ),
};
const LONGEST_WAITING: Statement = {
  name: 'wall-waiting',
  text: firstOf(
    `(select 'open' as status, g as category, p as priority
      from ${CATEGORY} g, ${list(PRIORITIES)} p) c`,
    'and assignee_id is null',
    'asc',
  ),
};

/** Unsolved and critical, newest first. */
export const newestCritical = (database: Pick<Session, 'query'>) => read(NEWEST_CRITICAL, database);

/** Open and unassigned, oldest first. */
export const longestWaiting = (database: Pick<Session, 'query'>) => read(LONGEST_WAITING, database);

async function read(statement: Statement, database: Pick<Session, 'query'>): Promise<WallTicket[]> {
  const records = await database.query<WallRecord>(statement);
  return records.map(({ assignee_id: assigneeId, assignee_name: name, ...record }) => ({
    ...record,
    id: Number(record.id),
    assignee: assigneeId === null ? null : { id: assigneeId, name: name ?? assigneeId },
  }));
}
