import { describe, expect, it } from '@jest/globals';

import { ModelError } from './classification.errors.js';
import { readAnswer } from './model-answer.js';

const GOOD = { category: 'billing', priority: 'high', confidence: 0.9, reason: 'Charged twice.' };

const completion = (content: unknown, more: object = {}) => ({
  id: 'x',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...more }],
});
const answering = (fields: unknown) => completion(JSON.stringify(fields));

function faultOf(received: unknown): string {
  try {
    readAnswer(received);
  } catch (error) {
    if (error instanceof ModelError) return error.message;
  }
  return 'no fault';
}

describe('readAnswer', () => {
  it('takes exactly what was asked for', () => {
    expect(readAnswer(answering(GOOD))).toEqual(GOOD);
  });

  it.each([-0.1, 1.01, 95, null, '0.9', 'NaN'])('has no confidence for %j', (confidence) => {
    expect(readAnswer(answering({ ...GOOD, confidence })).confidence).toBeNull();
  });

  it('cleans and cuts the reason', () => {
    const reason = `<b>Charged\ntwice</b> ${'x'.repeat(500)}`;
    const read = readAnswer(answering({ ...GOOD, reason })).reason;
    expect(read).toMatch(/^Charged twice x+…$/);
    expect(read).toHaveLength(200);
    expect(readAnswer(answering({ ...GOOD, reason: '\n' })).reason).toBeNull();
  });

  it.each([
    ['an invented category', answering({ ...GOOD, category: 'urgent!!' }), 'invalid (category)'],
    ['another letter case', answering({ ...GOOD, priority: 'High' }), 'invalid (priority)'],
    ['a list of values', answering({ ...GOOD, category: ['billing'] }), 'invalid (category)'],
    ['a missing field', answering({ ...GOOD, confidence: undefined }), 'invalid (confidence)'],
    ['an extra field', answering({ ...GOOD, admin: true }), 'invalid (unrecognized_keys)'],
    ['a list', answering([GOOD]), 'invalid (invalid_type)'],
    ['text around it', completion(`Sure! ${JSON.stringify(GOOD)}`), 'invalid (not JSON)'],
    ['no content', completion(null), 'invalid (not JSON)'],
    ['content of another kind', completion([{ text: 'x' }]), 'malformed (not a chat completion)'],
    ['a refusal', completion(null, { message: { content: null, refusal: 'I cannot' } }), 'refused'],
    ['an answer cut short', completion('{"categ', { finish_reason: 'length' }), 'refused (length)'],
    ['a filter', completion('', { finish_reason: 'content_filter' }), 'refused (content_filter)'],
    ['an odd end', completion('{}', { finish_reason: 'my card is 4111' }), 'refused (unknown finish_reason)'],
    ['no choices', { choices: [] }, 'malformed (not a chat completion)'],
    ['an error with status 200', { error: { message: 'x' } }, 'malformed (not a chat completion)'],
    ['HTML', '<html>', 'malformed (not a chat completion)'],
    ['nothing', undefined, 'malformed (not a chat completion)'],
  ])('refuses %s', (_, received, fault) => {
    expect(faultOf(received)).toBe(fault);
  });
});
