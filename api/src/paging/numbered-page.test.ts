import { describe, expect, it } from '@jest/globals';

import { numberedNeighbours } from './numbered-page.js';

describe('numberedNeighbours', () => {
  it.each([
    [1, 0, null, null],
    [1, 25, null, null],
    [1, 26, '2', null],
    [2, 75, '3', '1'],
    [3, 75, null, '2'],
    [9, 75, null, '3'],
    [2, 0, null, '1'],
  ])('has beside page %i of %i rows: next %s, previous %s', (page, count, next, previous) => {
    expect(numberedNeighbours({ page, page_size: 25 }, count)).toEqual({
      next: next && { page: next },
      previous: previous && { page: previous },
    });
  });
});
