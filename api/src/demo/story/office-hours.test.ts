import { describe, expect, it } from '@jest/globals';

import { afterWork } from './office-hours.js';

const HOUR_MS = 3_600_000;
const local = (text: string) => new Date(text).getTime();

describe('working time', () => {
  it.each([
    ['2026-11-18T10:00:00', 2, '2026-11-18T12:00:00', 'within a day'],
    ['2026-11-18T18:00:00', 2, '2026-11-19T09:00:00', 'over the evening'],
    ['2026-11-18T03:00:00', 1, '2026-11-18T09:00:00', 'from before the morning'],
    ['2026-11-20T18:30:00', 1, '2026-11-23T08:30:00', 'over the weekend'],
    ['2026-11-21T12:00:00', 1, '2026-11-23T09:00:00', 'from a Saturday'],
    ['2026-11-18T08:00:00', 22, '2026-11-19T19:00:00', 'for two whole days'],
  ])('from %s, %d h end at %s (%s)', (from, hours, until) => {
    expect(new Date(afterWork(local(from), hours * HOUR_MS))).toEqual(new Date(local(until)));
  });
});
