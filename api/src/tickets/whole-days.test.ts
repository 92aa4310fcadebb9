import { describe, expect, it } from '@jest/globals';

import { wholeDays } from './whole-days.js';

const at = (text: string) => new Date(`2026-11-${text}Z`);
const day = (text: string) => at(`${text}T00:00:00`).getTime() / 86_400_000;

describe('whole days of a stretch of time', () => {
  it('is all of one that begins and ends at midnight', () => {
    const stretch = { createdAfter: at('02T00:00:00'), createdBefore: at('05T00:00:00') };
    expect(wholeDays(stretch)).toEqual({ first: day('02'), end: day('05'), rest: [] });
  });

  it('leaves what comes before the first midnight and after the last', () => {
    const stretch = { createdAfter: at('02T23:59:59.999'), createdBefore: at('05T00:00:00.001') };
    expect(wholeDays(stretch)).toEqual({
      first: day('03'),
      end: day('05'),
      rest: [
        { createdAfter: stretch.createdAfter, createdBefore: at('03T00:00:00') },
        { createdAfter: at('05T00:00:00'), createdBefore: stretch.createdBefore },
      ],
    });
  });

  it('goes on for ever where there is no bound', () => {
    expect(wholeDays({ createdAfter: at('02T00:00:00') })).toEqual({
      first: day('02'),
      end: Infinity,
      rest: [],
    });
    expect(wholeDays({ createdBefore: at('02T12:00:00') })).toEqual({
      first: -Infinity,
      end: day('02'),
      rest: [{ createdAfter: at('02T00:00:00'), createdBefore: at('02T12:00:00') }],
    });
  });

  it.each([
    ['within a day', '02T01:00:00', '02T02:00:00'],
    ['over one midnight', '02T01:00:00', '03T02:00:00'],
    ['backwards', '05T00:00:00', '02T00:00:00'],
  ])('has none %s', (_, from, to) => {
    expect(wholeDays({ createdAfter: at(from), createdBefore: at(to) })).toBeNull();
  });
});
