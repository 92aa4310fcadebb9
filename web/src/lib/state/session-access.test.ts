import { describe, expect, it } from '@jest/globals';

import type { Me } from '#contract/session';

import { accessTo, ownPath } from './session-access.js';

const nobody: Me = {
  kind: 'requester',
  person: null,
  display: null,
  scopes: [],
  public_intake: true,
  setup_needed: false,
  single_sign_on: null,
};
const display: Me = { ...nobody, kind: 'display', display: { id: 'd', name: 'Lobby' } };
const person = (role: 'agent' | 'admin'): Me => ({
  ...nobody,
  kind: 'person',
  person: { id: 'p', name: 'Ada', email: 'ada@example.org', role },
});
const at = (path: string, me: Me) => accessTo(new URL(path, 'http://desk.test'), me);

describe('who may see what', () => {
  it.each(['/submit', '/submit/', '/sign-in', '/setup', '/reset-password', '/display'])(
    'shows %s to who is not signed in',
    (path) => {
      expect(at(path, nobody)).toEqual({ kind: 'show' });
    },
  );

  it.each([
    ['/', '/sign-in'],
    ['/?status=open', '/sign-in?next=%2F%3Fstatus%3Dopen'],
    ['/tickets/7', '/sign-in?next=%2Ftickets%2F7'],
    ['/admin/people', '/sign-in?next=%2Fadmin%2Fpeople'],
    ['/account', '/sign-in?next=%2Faccount'],
    ['/wall', '/sign-in?next=%2Fwall'],
    ['/submitted', '/sign-in?next=%2Fsubmitted'],
  ])('asks who is not signed in to do so at %s', (path, to) => {
    expect(at(path, nobody)).toEqual({ kind: 'go', to });
  });

  it('asks before a ticket is submitted where the intake is not public', () => {
    const to = '/sign-in?next=%2Fsubmit';
    expect(at('/submit', { ...nobody, public_intake: false })).toEqual({ kind: 'go', to });
  });

  it.each(['/', '/submit', '/tickets/7', '/admin', '/account'])('keeps a display from %s', (path) => {
    expect(at(path, display)).toEqual({ kind: 'go', to: '/wall' });
  });

  it.each(['/wall', '/display', '/sign-in'])('shows %s to a display', (path) => {
    expect(at(path, display)).toEqual({ kind: 'show' });
  });

  it.each(['/admin', '/admin/', '/admin/people'])('shows %s to administrators only', (path) => {
    expect(at(path, person('admin'))).toEqual({ kind: 'show' });
    expect(at(path, person('agent'))).toEqual({ kind: 'forbidden' });
  });

  it('takes people on from the sign-in page', () => {
    expect(at('/sign-in', person('agent'))).toEqual({ kind: 'go', to: '/' });
    expect(at('/sign-in?next=%2Ftickets%2F7', person('agent'))).toEqual({ kind: 'go', to: '/tickets/7' });
  });
});

describe('the way back', () => {
  it.each(['/', '/tickets/7', '/?status=open&search=a%2Fb', '/tickets/7#c3'])('leads to %s', (next) => {
    expect(ownPath(next)).toBe(next);
  });

  it.each([
    null,
    '',
    'tickets/7',
    'https://elsewhere.test/',
    '//elsewhere.test',
    '///elsewhere.test',
    '/\\elsewhere.test',
    '\\\\elsewhere.test',
    '/\t/elsewhere.test',
    '/.//elsewhere.test',
    '/a/..//elsewhere.test',
    'javascript:alert(1)',
    ' /tickets/7',
    '/sign-in?next=%2Fsign-in',
  ])('never leads to %j', (next) => {
    expect(ownPath(next)).toBe('/');
  });
});
