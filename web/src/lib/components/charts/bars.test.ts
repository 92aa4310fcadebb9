import { describe, expect, it } from '@jest/globals';

import { barsOf } from './bars.ts';

const at = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
const curves = [
  { key: 'in', name: 'In', color: 'red', values: [2, 0] },
  { key: 'out', name: 'Out', color: 'blue', values: [1, null] },
];
/** Ten pixels a day, which the bars fill; a pixel for one, from 10 upwards. */
const scales = {
  xScale: Object.assign((moment: Date) => (moment.getUTCDate() - 1) * 10, { bandwidth: () => 8 }),
  yScale: (value: number) => 10 - value,
};
const paths = (isStacked: boolean) => barsOf({ at, curves }, isStacked, scales).map(({ path }) => path);

describe('the bars of a chart', () => {
  it('stand side by side, and nothing has none', () => {
    expect(paths(false)).toEqual(['M0.0 10.0V8.0h4.00V10.0z', 'M4.0 10.0V9.0h4.00V10.0z']);
  });

  it('stand on top of each other', () => {
    expect(paths(true)).toEqual(['M0.0 10.0V8.0h8.00V10.0z', 'M0.0 8.0V7.0h8.00V8.0z']);
  });
});
