import type { PageQuery } from '../contract/queries.js';
import type { Session, Statement } from '../database/database.js';
import { numberedNeighbours } from './numbered-page.js';
import { pageLinks } from './page-links.js';

/** A list as the wire has it. */
export interface List<Item> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: Item[];
}

/** A list, and its `Link` header. */
export interface LinkedList<Item> {
  readonly list: List<Item>;
  readonly link: string;
}

/**
 * One page of a list of a few hundred rows, and how many there are.
 * @param rows gives the whole list in its order, in the wire's shape; has no `limit` of its own
 * @param url the path with query that was asked for
 */
export async function listPage<Item extends object>(
  session: Pick<Session, 'query'>,
  rows: Statement & { readonly name: string },
  query: PageQuery,
  url: string,
): Promise<LinkedList<Item>> {
  const given = rows.values ?? [];
  const [limit, offset] = [given.length + 1, given.length + 2];
  const [results, [counted]] = await Promise.all([
    session.query<Item>({
      name: `${rows.name} page`,
      text: `${rows.text} limit $${limit} offset $${offset}`,
      values: [...given, query.page_size, (query.page - 1) * query.page_size],
    }),
    session.query<{ count: number }>({
      name: `${rows.name} count`,
      text: `select count(*)::int as count from (${rows.text}) as rows`,
      values: given,
    }),
  ]);
  const count = counted?.count ?? 0;
  const { next, previous, header } = pageLinks(url, numberedNeighbours(query, count));
  return { list: { count, next, previous, results }, link: header };
}
