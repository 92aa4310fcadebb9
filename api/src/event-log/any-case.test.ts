import { describe, expect, it } from '@jest/globals';

import { anyCase } from './any-case.js';

/** PostgreSQL's syntax is JavaScript's own for all that `anyCase` writes. */
const finds = (text: string, within: string) => new RegExp(anyCase(text)).test(within);

describe('anyCase', () => {
  it.each([
    ['ada', 'Written by ADA Lovelace'],
    ['ÄRGER', 'ärger'],
    ['straße', 'STRASSE'],
    ['Σ', 'σ'],
    ['100%', 'was 100% sure'],
    ['a.b*c', 'A.B*C'],
    ['[x] (y)', 'say [X] (Y)'],
    ['c:\\temp', 'in C:\\Temp'],
    ['𐐀', '𐐨'],
  ])('finds %j in %j', (text, within) => {
    expect(finds(text, within)).toBe(true);
  });

  it.each([
    ['a.b', 'axb'],
    ['.*', 'anything'],
    ['(a|b)', 'a'],
    ['^', 'start'],
    ['\\d', '7'],
  ])('does not find %j in %j', (text, within) => {
    expect(finds(text, within)).toBe(false);
  });
});
