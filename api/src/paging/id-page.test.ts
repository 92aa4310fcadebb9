import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { decodeIdCursor, encodeIdCursor, IdPage } from './id-page.js';

type Order = 'asc' | 'desc';

/** What PostgreSQL would read for a page of these ids, by what its clause says. */
function read(ids: readonly number[], page: IdPage): { id: number }[] {
  const { text, values } = page.clause([]);
  const [limit, offset, beyond] = values as number[];
  const ascending = text.includes('id asc');
  return [...ids]
    .sort((a, b) => (ascending ? a - b : b - a))
    .filter((id) => beyond === undefined || (ascending ? id > beyond : id < beyond))
    .slice(offset, offset! + limit!)
    .map((id) => ({ id }));
}

function pageOf(
  ids: readonly number[],
  order: Order,
  query: { page?: number; cursor?: string },
  size: number,
) {
  const page = new IdPage({ ...query, page_size: size }, order);
  const { rows, neighbours } = page.of(read(ids, page));
  return { ids: rows.map(({ id }) => id), ...neighbours };
}

/** All pages from `start` on, by the neighbours they name. */
function walk(
  ids: readonly number[],
  order: Order,
  size: number,
  way: 'next' | 'previous',
  start: { page?: number; cursor?: string },
): number[][] {
  const pages: number[][] = [];
  for (let query: { page?: number; cursor?: string } | null = start; query !== null;) {
    const { [way]: beside, ids: found } = pageOf(ids, order, query, size);
    pages.push(found);
    query =
      beside === null
        ? null
        : beside['page'] === undefined
          ? { cursor: beside['cursor']! }
          : { page: Number(beside['page']) };
  }
  return pages;
}

const lists = fc.record({
  ids: fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 30 }),
  order: fc.constantFrom<Order>('asc', 'desc'),
  size: fc.integer({ min: 1, max: 7 }),
});
const inOrder = (ids: readonly number[], order: Order) =>
  [...ids].sort((a, b) => (order === 'asc' ? a - b : b - a));

describe('IdPage', () => {
  it.each([{}, { page: 1 }])('leads through the whole list, each row once, from %j', (start) => {
    fc.assert(
      fc.property(lists, ({ ids, order, size }) => {
        const pages = walk(ids, order, size, 'next', start);
        expect(pages.flat()).toEqual(inOrder(ids, order));
        expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
      }),
    );
  });

  it('leads back from anywhere, whatever was added meanwhile', () => {
    fc.assert(
      fc.property(
        lists,
        fc.uniqueArray(fc.integer({ min: 1, max: 1_000 })),
        fc.nat(),
        (list, added, pick) => {
          const { ids, order, size } = list;
          const later = [...new Set([...ids, ...added])];
          const id = pick % 1_000;
          const cursor = encodeIdCursor({ direction: 'previous', id });
          const before = inOrder(later, order).filter((other) => (order === 'asc' ? other < id : other > id));
          const pages = walk(later, order, size, 'previous', { cursor });
          expect(pages.reverse().flat()).toEqual(before);
        },
      ),
    );
  });

  it('puts its parameters behind those that the statement has already', () => {
    const { text, values } = new IdPage({ page_size: 25, cursor: 'next.7' }, 'asc').clause(['a', 'b']);
    expect(text).toBe('and id > $5 order by id asc limit $3 offset $4');
    expect(values).toEqual(['a', 'b', 26, 0, 7]);
  });

  it.each(['', 'next', 'next.', 'next.x', 'next.-1', 'next.1.2', 'older.7', `next.${'9'.repeat(16)}`])(
    'refuses the cursor %j',
    (cursor) => {
      expect(() => decodeIdCursor(cursor)).toThrow('cursor');
    },
  );
});
