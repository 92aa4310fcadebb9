import { describe, expect, it } from '@jest/globals';

import type { FeedEvent } from '#contract/events';

import { isMatch, readAuditFilter, readEventFilter, ticketOf, writeFilter } from './log-params.js';

const filter = (query: string) => readEventFilter(new URLSearchParams(query));

describe('the address of a log', () => {
  it.each(['', '?type=ticket.created,comment.created&actor=token&ticket=12&search=a%26b', '?search=refund'])(
    '%j is read and written without loss',
    (query) => {
      expect(writeFilter(filter(query))).toBe(query);
    },
  );

  it('of the audit is read and written without loss', () => {
    const query = '?action=sign_in,token_revoked&search=Ada';
    expect(writeFilter(readAuditFilter(new URLSearchParams(query)))).toBe(query);
  });

  it('leaves out what it does not know', () => {
    expect(filter('?type=gone&actor=robot&ticket=-1&colour=red')).toEqual({
      type: [],
      actor: [],
      ticket: undefined,
      search: '',
    });
  });

  it.each([
    ['12', 12],
    [' #7 ', 7],
    ['0', undefined],
    ['', undefined],
    ['1e3', undefined],
    ['9'.repeat(16), undefined],
  ])('takes %j for the ticket %j', (text, expected) => {
    expect(ticketOf(text)).toBe(expected);
  });
});

describe('a new event', () => {
  const event = {
    id: 1,
    type: 'comment.created',
    ticket_id: 7,
    actor: { kind: 'agent', id: 'a', name: 'Ada Lovelace' },
  } as FeedEvent;

  it.each([
    ['', true],
    ['?type=comment.created', true],
    ['?type=ticket.created', false],
    ['?actor=agent,token', true],
    ['?actor=database', false],
    ['?ticket=7', true],
    ['?ticket=8', false],
    ['?search=LOVE', true],
    ['?search=invoice', true],
    ['?search=refund', false],
    ['?search=ada&ticket=8', false],
  ])('with the filter %j: %j', (query, expected) => {
    expect(isMatch(event, filter(query), 'The invoice')).toBe(expected);
  });
});
