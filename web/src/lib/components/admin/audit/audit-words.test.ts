import { describe, expect, it } from '@jest/globals';

import type { AuditEntry } from '#contract/administration';

import { detailsOf, targetOf, verbOf } from './audit-words.js';

const entry = (part: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  at: '2026-11-21T09:00:00.000Z',
  actor: { kind: 'agent', id: 'a', name: 'Ada' },
  action: 'person_changed',
  target: null,
  details: {},
  address: null,
  ...part,
});
const said = (details: AuditEntry['details']) =>
  detailsOf(entry({ details }), (id) => (id === 'g' ? 'Grace' : undefined));

describe('an entry of the audit in words', () => {
  it('tells signing oneself out from signing out somebody else', () => {
    const target = { kind: 'person', id: 'g', name: 'Grace' };
    expect(verbOf(entry({ action: 'sign_out_everywhere' }))).toBe('signed out everywhere');
    expect(verbOf(entry({ action: 'sign_out_everywhere', target }))).toBe('signed out everywhere:');
    expect(targetOf(entry({ action: 'sign_out_everywhere', target }))).toBe('Grace');
  });

  it('does not name twice who did it to themselves', () => {
    const target = { kind: 'display', id: 'd', name: 'Hall' };
    expect(targetOf(entry({ action: 'display_opened', target }))).toBe(undefined);
    expect(targetOf(entry({ action: 'set_up', target }))).toBe(undefined);
  });

  it('says whose password a link has set', () => {
    const target = { kind: 'person', id: 'g', name: 'Grace' };
    const reset = entry({ action: 'password_reset', target });
    expect(`${verbOf(reset)} ${targetOf(reset)}`).toBe('set, by a link, the password of Grace');
  });

  it('says changes from what to what', () => {
    expect(said({ role: ['agent', 'admin'], disabled: [false, true], email: [null, 'a@b.test'] })).toEqual([
      'role Agent → Administrator',
      'disabled no → yes',
      'email none → a@b.test',
    ]);
  });

  it('says lists, people and moments', () => {
    expect(said({ scopes: ['tickets:read', 'tickets:write'], person: 'g', expires_at: null })).toEqual([
      'scopes tickets:read, tickets:write',
      'person Grace',
    ]);
    expect(said({ expires_at: '2027-03-05T11:56:37.452Z' })[0]).toMatch(/^expires at .*2027/);
    expect(said({ person: 'gone' })).toEqual(['person gone']);
  });
});
