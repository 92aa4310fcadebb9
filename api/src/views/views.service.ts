import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import { type CreateView, type PatchView, type View, type ViewList, VIEWS_MAX } from '../contract/views.js';
import { Database, type Session } from '../database/database.js';
import { ProblemError } from '../problems/problem-error.js';
import { checkViewQuery } from './view-query.js';

const COLUMNS = `v.id, v.name, v.query, v.shared, json_build_object('id', p.id, 'name', p.name) as owner`;

/** Saved views. Everybody sees and changes their own and sees the shared ones, which administrators change too. */
@Injectable()
export class ViewsService {
  constructor(private readonly database: Database) {}

  /** By name: one's own and those that are shared. */
  async list(caller: Identity): Promise<ViewList> {
    const results = await this.database.query<View>({
      name: 'views',
      text: `select ${COLUMNS} from saved_view v join person p on p.id = v.owner_id
             where v.owner_id = $1 or v.shared order by lower(v.name), v.id`,
      values: [ownId(caller)],
    });
    return { results };
  }

  /** @throws ProblemError `invalid` that names `query`, `conflict` when there are too many */
  create({ name, query, shared }: CreateView, caller: Identity): Promise<View> {
    checkViewQuery(query);
    const owner = ownId(caller);
    return this.database.transaction(async (session) => {
      // Of several at once, each counts those before it.
      await session.query({
        name: 'view-owner-lock',
        text: 'select from person where id = $1 for no key update',
        values: [owner],
      });
      const [made] = await session.query<View>({
        name: 'view-create',
        text: `with v as (
                 insert into saved_view (owner_id, name, query, shared) select $1, $2, $3, $4
                 where (select count(*) from saved_view where owner_id = $1) < ${VIEWS_MAX} returning *)
               select ${COLUMNS} from v join person p on p.id = v.owner_id`,
        values: [owner, name, query, shared],
      });
      if (made === undefined) throw tooMany();
      return made;
    });
  }

  /** @throws ProblemError `invalid` that names `query`, `not_found`, `forbidden` */
  patch(id: string, { name, query, shared }: PatchView, caller: Identity): Promise<View> {
    if (query !== undefined) checkViewQuery(query);
    return this.database.transaction(async (session) => {
      await lockOwn(id, caller, session);
      const [changed] = await session.query<View>({
        name: 'view-patch',
        text: `with v as (
                 update saved_view set name = coalesce($2, name), query = coalesce($3, query),
                                       shared = coalesce($4, shared)
                 where id = $1 returning *)
               select ${COLUMNS} from v join person p on p.id = v.owner_id`,
        values: [id, name ?? null, query ?? null, shared ?? null],
      });
      return changed!;
    });
  }

  /** @throws ProblemError `not_found`, `forbidden` */
  remove(id: string, caller: Identity): Promise<void> {
    return this.database.transaction(async (session) => {
      await lockOwn(id, caller, session);
      await session.query({
        name: 'view-delete',
        text: 'delete from saved_view where id = $1',
        values: [id],
      });
    });
  }
}

function ownId({ person }: Identity): string {
  if (person === null) throw new ProblemError('forbidden', 'Only people have views');
  return person.id;
}

/** Locks a view that the caller may change. Others' own are as if they were not there, for administrators too. */
async function lockOwn(id: string, caller: Identity, session: Session): Promise<void> {
  const owner = ownId(caller);
  const [view] = await session.query<{ owner_id: string }>({
    name: 'view-lock',
    text: 'select owner_id from saved_view where id = $1 and (shared or owner_id = $2) for update',
    values: [id, owner],
  });
  if (view === undefined) throw new ProblemError('not_found', 'There is no view with this id');
  if (view.owner_id !== owner && caller.person?.role !== 'admin') {
    throw new ProblemError('forbidden', 'Only whoever saved a view and administrators can change it');
  }
}

const tooMany = () =>
  new ProblemError('conflict', `You have ${VIEWS_MAX} saved views, which is the most: delete one first`);
