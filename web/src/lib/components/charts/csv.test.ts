import { describe, expect, it } from '@jest/globals';

import { toCsv } from './csv.js';

describe('toCsv', () => {
  it('writes a header and ends every line with CRLF', () => {
    expect(toCsv(['at', 'in'], [['2026-11-21T00:00:00.000Z', 3]])).toBe(
      'at,in\r\n2026-11-21T00:00:00.000Z,3\r\n',
    );
  });

  it('quotes what would be taken apart, and doubles quotes', () => {
    expect(toCsv(['a,b', 'say "hi"'], [['two\nlines', 'plain']])).toBe(
      '"a,b","say ""hi"""\r\n"two\nlines",plain\r\n',
    );
  });

  it('leaves out what is not known, and writes negative numbers as they are', () => {
    expect(toCsv(['x', 'y'], [[null, -2.5]])).toBe('x,y\r\n,-2.5\r\n');
  });

  it.each(['=1+1', '+49', '-cmd', '@SUM(A1)', '\tx'])('makes no formula of the text %j', (text) => {
    expect(toCsv(['name'], [[text]])).toBe(`name\r\n'${text}\r\n`);
  });
});
