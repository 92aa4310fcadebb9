import { describe, expect, it } from '@jest/globals';

import { pageLinks } from './page-links.js';

describe('pageLinks', () => {
  it('keeps filters as they were asked and replaces only the place', () => {
    const url = '/api/tickets?search=a%26b+c&status=open%2Cclosed&cursor=old';
    expect(pageLinks(url, { next: { cursor: 'n' }, previous: { cursor: 'p' } })).toEqual({
      next: '/api/tickets?search=a%26b+c&status=open%2Cclosed&cursor=n',
      previous: '/api/tickets?search=a%26b+c&status=open%2Cclosed&cursor=p',
      header:
        '</api/tickets?search=a%26b+c&status=open%2Cclosed&cursor=n>; rel="next", ' +
        '</api/tickets?search=a%26b+c&status=open%2Cclosed&cursor=p>; rel="prev", ' +
        '</api/tickets?search=a%26b+c&status=open%2Cclosed>; rel="first"',
    });
  });

  it('leads to the first page by number when asked by number', () => {
    const { header } = pageLinks('/api/tickets/?page=3', { next: null, previous: { page: '2' } });
    expect(header).toBe('</api/tickets/?page=2>; rel="prev", </api/tickets/?page=1>; rel="first"');
  });

  it('leaves no question mark behind', () => {
    expect(pageLinks('/api/tickets?cursor=c', { next: null, previous: null })).toEqual({
      next: null,
      previous: null,
      header: '</api/tickets>; rel="first"',
    });
  });

  it('cannot be made to break out of the header', () => {
    const { header } = pageLinks('/api/tickets?search=%3E%3B%20rel%3D%22next%22%0D%0AX%3A1', {
      next: null,
      previous: null,
    });
    expect(header).not.toMatch(/[\r\n]/);
    expect(header.match(/>/g)).toHaveLength(1);
  });
});
