import { describe, expect, it } from '@jest/globals';

import { intervalOf, readSeriesQuery, seriesParams, writeSeriesQuery } from './series-params.js';

const NOW = Date.parse('2026-11-21T10:30:00.000Z');
const read = (query: string) => readSeriesQuery(new URLSearchParams(query));

describe('the address of the figures', () => {
  it.each([
    '',
    '?range=7d',
    '?range=today&interval=hour&category=billing,general&priority=critical&assignee=none&group=assignee',
    '?from=2026-02-01&to=2026-02-28',
  ])('is the same after reading it: %j', (query) => {
    expect(writeSeriesQuery(read(query))).toBe(query);
  });

  it.each(['?range=1y', '?from=2026-02-30&to=2026-03-01', '?from=2026-03-02&to=2026-03-01', '?group=size'])(
    'leaves out what it does not know: %j',
    (query) => {
      expect(writeSeriesQuery(read(query))).toBe('');
    },
  );
});

describe('what is asked for', () => {
  it('ends with the interval that is now', () => {
    expect(seriesParams(read('?range=7d'), NOW)).toMatchObject({
      interval: 'day',
      from: '2026-11-15T00:00:00.000Z',
    });
    expect(seriesParams(read('?range=7d'), NOW)).not.toHaveProperty('to');
  });

  it('holds both days of a range by hand', () => {
    expect(seriesParams(read('?from=2026-02-01&to=2026-02-01'), NOW)).toMatchObject({
      interval: 'hour',
      from: '2026-02-01T00:00:00.000Z',
      to: '2026-02-02T00:00:00.000Z',
    });
  });

  it('is by hour for a day, and never more hours than are served', () => {
    expect(intervalOf(read('?range=today'), NOW)).toEqual({ interval: 'hour', canChoose: false });
    expect(intervalOf(read('?range=30d&interval=hour'), NOW)).toEqual({ interval: 'hour', canChoose: true });
    expect(intervalOf(read('?range=90d&interval=hour'), NOW)).toEqual({ interval: 'day', canChoose: false });
  });
});
