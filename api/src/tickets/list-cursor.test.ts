import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ORDERINGS } from '../contract/queries.js';
import { PRIORITIES } from '../contract/ticket.js';
import { decodeCursor, encodeCursor, type ListCursor } from './list-cursor.js';

const instants = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
  .map((at) => at.toISOString());
const cursors: fc.Arbitrary<ListCursor> = fc.constantFrom(...ORDERINGS).chain((ordering) =>
  fc.record({
    ordering: fc.constant(ordering),
    direction: fc.constantFrom('next', 'previous'),
    key: ordering.endsWith('priority') ? fc.nat(PRIORITIES.length - 1) : instants,
    id: fc.nat().map(String),
  }),
);

describe('list cursor', () => {
  it('comes back from a link as it was', () => {
    fc.assert(
      fc.property(cursors, (cursor) => {
        const text = encodeCursor(cursor);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor(text, cursor.ordering)).toEqual(cursor);
      }),
    );
  });

  it('is refused by a list in another order', () => {
    const cursor = {
      ordering: '-created_at',
      direction: 'next',
      key: '2026-11-21T09:00:00.000Z',
      id: '7',
    } as const;
    expect(decodeCursor(encodeCursor(cursor), 'created_at')).toBeNull();
    expect(decodeCursor(encodeCursor(cursor), '-updated_at')).toBeNull();
  });

  it.each([
    'x',
    '',
    ...['null', '[]', '{}', '[1,"n","2026-11-21T09:00:00.000Z"]', '[1,"n","2026-11-21T09:00:00.000Z",7]'],
    ...['[1,"x","2026-11-21T09:00:00.000Z","7"]', '[1,"n","tomorrow","7"]', '[1,"n",3,"7"]'],
    ...['[1,"n","2026-13-21T09:00:00.000Z","7"]', `[1,"n","2026-11-21T09:00:00.000Z","1; drop"]`],
  ])('is null where it was made up: %s', (content) => {
    expect(decodeCursor(Buffer.from(content).toString('base64url'), '-created_at')).toBeNull();
  });
});
