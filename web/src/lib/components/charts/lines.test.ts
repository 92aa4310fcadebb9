import { describe, expect, it } from '@jest/globals';

import { linesOf } from './lines.ts';

const at = [1, 2, 3, 4, 5].map((day) => `2026-01-0${day}T00:00:00Z`);
const curves = [{ key: 'low', name: 'Low', color: 'grey', values: [1, 2, null, 4, null] }];
const scales = {
  xScale: (moment: Date) => moment.getUTCDate() * 10,
  yScale: (value: number) => 10 - value,
};

describe('the lines of a chart', () => {
  it('are broken where there is nothing, and a value between two gaps is a dot', () => {
    expect(linesOf({ at, curves }, false, scales)).toEqual([
      { key: 'low', color: 'grey', isDashed: false, line: 'M10.0 9.0L20.0 8.0', dots: 'M40.0 6.0h0' },
    ]);
  });

  it('have a dot for each value where there is room', () => {
    const [low] = linesOf({ at, curves }, true, scales);
    expect(low?.dots).toBe('M10.0 9.0h0M20.0 8.0h0M40.0 6.0h0');
  });
});
