import { describe, expect, it } from '@jest/globals';

import { mergeRows } from './merge-rows.js';

const rows = (text: string) => [...text].map((id) => ({ id }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('');

describe('rows read again', () => {
  it.each([
    ['', 'abc', 'abc'],
    ['abc', 'abc', 'abc'],
    ['abc', 'bca', 'abc'],
    ['abc', 'xabc', 'xabc'],
    ['abc', 'xyab', 'xyab'],
    ['abc', 'axbc', 'axbc'],
    ['abc', '', ''],
    ['abc', 'aab', 'ab'],
  ])('%j shown, %j read: %j', (shown, read, expected) => {
    expect(ids(mergeRows(rows(shown), rows(read)))).toBe(expected);
  });

  it('are taken as they were read', () => {
    const merged = mergeRows([{ id: 1, role: 'agent' }], [{ id: 1, role: 'admin' }]);
    expect(merged).toEqual([{ id: 1, role: 'admin' }]);
  });
});
