import { describe, expect, it } from '@jest/globals';

import { entityTag, matchedVersions, namesVersion } from './entity-tag.js';

describe('entity tags', () => {
  it('are strong and quoted', () => {
    expect(entityTag(7)).toBe('"7"');
  });

  it.each<[string | undefined, number[] | null]>([
    [undefined, null],
    ['*', null],
    [' * ', null],
    ['"7"', [7]],
    ['"7","8" ,  "9"', [7, 8, 9]],
    ['W/"7", "8"', [8]],
    ['W/"7"', []],
    ['"seven"', []],
    ['"07"', []],
    ['"0"', []],
    ['"99999999999"', []],
    ['""', []],
  ])('If-Match %s allows %j', (header, versions) => {
    expect(matchedVersions(header)).toEqual(versions);
  });

  it.each(['', '7', '"7', '7"', '"7""8"', '"7";"8"', '*, "7"', 'w/"7"', '"a b"', ', "7"'])(
    'If-Match %s is refused',
    (header) => {
      expect(() => matchedVersions(header)).toThrow('If-Match');
    },
  );

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*', true],
    ['"7"', true],
    ['W/"7"', true],
    ['"6", W/"7"', true],
    ['"77"', false],
    ['"x7"', false],
    ['7', false],
    ['', false],
  ])('If-None-Match %s names version 7: %j', (header, named) => {
    expect(namesVersion(header, 7)).toBe(named);
  });

  it('takes long headers that match nothing without searching for long', () => {
    const started = performance.now();
    expect(() => matchedVersions('"1",'.repeat(4_000))).toThrow('If-Match');
    expect(() => matchedVersions(`${' '.repeat(15_000)}x`)).toThrow('If-Match');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
