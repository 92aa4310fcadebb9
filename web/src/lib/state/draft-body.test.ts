import { describe, expect, it } from '@jest/globals';

import type { ClassifyResult } from '#contract/classification';

import { bodyOf, decided, faultsOf } from './draft-body.js';
import { EMPTY_DRAFT } from './draft-storage.js';

const given: ClassifyResult = {
  category: 'billing',
  priority: 'high',
  confidence: 0.9,
  reason: 'money',
  source: 'model',
  model: 'm',
  latency_ms: 1,
  suggestion: 'token',
};
const draft = { ...EMPTY_DRAFT, title: 'T', description: 'D' };

describe('decided', () => {
  it.each([
    [null, undefined, null],
    [null, 'high', 'high'],
    ['low', 'high', 'low'],
    ['left', 'high', null],
  ] as const)('of the choice %j and the suggestion %j is %j', (choice, suggested, value) => {
    expect(decided<'low' | 'high'>(choice, suggested)).toBe(value);
  });
});

describe('bodyOf', () => {
  it('takes the suggestion where nothing was chosen, and its token', () => {
    expect(bodyOf({ ...draft, priority: 'low' }, given, true, 'op')).toEqual({
      title: 'T',
      description: 'D',
      category: 'billing',
      priority: 'low',
      suggestion: 'token',
      op_id: 'op',
    });
  });

  it('takes one of an earlier text, which is what the writer sees, without its token', () => {
    const body = bodyOf(draft, given, false, 'op');
    expect(body).toMatchObject({ category: 'billing', priority: 'high' });
    expect(body.suggestion).toBeUndefined();
  });

  it('leaves out what the desk decides', () => {
    const body = JSON.parse(JSON.stringify(bodyOf({ ...draft, category: 'left' }, undefined, false, 'op')));
    expect(body).toEqual({ title: 'T', description: 'D', op_id: 'op' });
  });
});

describe('faultsOf', () => {
  it('finds blank fields', () => {
    expect(Object.keys(faultsOf({ ...draft, title: ' \n' }))).toEqual(['title']);
    expect(Object.keys(faultsOf({ ...draft, description: '' }))).toEqual(['description']);
  });

  it('counts code points after trimming', () => {
    expect(faultsOf({ ...draft, title: ` ${'👍'.repeat(200)} ` })).toEqual({});
    expect(faultsOf({ ...draft, title: '👍'.repeat(201) }).title).toMatch(/200/);
  });
});
