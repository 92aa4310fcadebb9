import { describe, expect, it } from '@jest/globals';

import { textDiff } from './text-diff.js';

const side = (parts: ReturnType<typeof textDiff>, without: 'removed' | 'added') =>
  parts
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

describe('the difference of two texts', () => {
  it('is told by words', () => {
    expect(textDiff('It fails on Monday.', 'It fails on Tuesday.')).toEqual([
      { text: 'It fails on ', kind: 'same' },
      { text: 'Monday', kind: 'removed' },
      { text: 'Tuesday', kind: 'added' },
      { text: '.', kind: 'same' },
    ]);
  });

  it('holds both texts whole, even where nothing is common', () => {
    const words = (from: number) => Array.from({ length: 3_000 }, (_, at) => `w${from + at}`).join(' ');
    const [before, after] = [words(0), words(10_000)];
    const parts = textDiff(before, after);
    expect(side(parts, 'added')).toBe(before);
    expect(side(parts, 'removed')).toBe(after);
  });
});
