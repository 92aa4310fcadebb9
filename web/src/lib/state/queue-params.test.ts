import { describe, expect, it } from '@jest/globals';

import { cursorOf, isFiltered, readQueueParams, writeQueueParams } from './queue-params.js';

const read = (query: string) => readQueueParams(new URLSearchParams(query));

describe('the address of a queue', () => {
  it.each([
    '',
    '?status=open,in_progress',
    '?assignee=me&ordering=-priority',
    '?assignee=0b5e6a52-6a3c-4a8e-9d0f-1f2e3d4c5b6a',
    '?search=100%25+refund&status=open&priority=high,critical&category=billing&assignee=none&cursor=a.b-c',
  ])('%j is read and written without loss', (query) => {
    expect(writeQueueParams(read(query))).toBe(query);
  });

  it('leaves out what it does not know', () => {
    const params = read('?status=open,gone&priority=&assignee=%3Cme%3E&ordering=title&colour=red');
    expect(params).toMatchObject({
      status: ['open'],
      priority: [],
      assignee: undefined,
      ordering: '-created_at',
    });
  });

  it('gives the same view the same address, however it was written', () => {
    expect(writeQueueParams(read('?priority=critical,low,low&status=closed,open'))).toBe(
      '?status=open,closed&priority=low,critical',
    );
  });

  it('takes a page for no filter', () => {
    expect(isFiltered(read('?cursor=x'))).toBe(false);
    expect(isFiltered(read('?assignee=none'))).toBe(true);
    expect(isFiltered(read('?search=+'))).toBe(false);
  });

  it('finds the cursor in a link, if there is one', () => {
    expect(cursorOf('/api/tickets?status=open&cursor=abc%3D')).toBe('abc=');
    expect(cursorOf('http://desk/api/tickets?page=2')).toBeUndefined();
    expect(cursorOf(null)).toBeUndefined();
  });
});
