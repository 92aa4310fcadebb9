import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { plainText } from './plain-text.js';

describe('plainText', () => {
  it.each([
    ['The customer cannot sign in.', 'The customer cannot sign in.'],
    ['  two\r\n\tlines\u0085here ', 'two lines here'],
    ['<b>Bold</b><script src="x">alert(1)</script>', 'Bold alert(1)'],
    ['<<b>script>', 'script'],
    ['**Refund** of `order_12` for [this shop](https://evil.example)', 'Refund of order_12 for this shop'],
    ['1 < 2 & "quotes" \'stay\'', '1 2 & "quotes" \'stay\''],
    ['a\u0000b\u001b[31mc\u007f', 'a b [31mc'],
    ['right\u202eto left\u2066 and hid\u200bden', 'rightto left and hidden'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
  ])('makes %j plain', (given, plain) => {
    expect(plainText(given, 200)).toBe(plain);
  });

  it.each(['', ' \n\t', '<br>', '***', '\u200b\u202e'])('has nothing left of %j', (given) => {
    expect(plainText(given, 200)).toBeNull();
  });

  it('cuts long text between characters and says so', () => {
    expect(plainText('x'.repeat(200), 200)).toHaveLength(200);
    expect(plainText('x'.repeat(201), 200)).toBe(`${'x'.repeat(199)}…`);
    expect(plainText('💥'.repeat(101), 200)).toBe(`${'💥'.repeat(99)}…`);
  });

  it('keeps within its promise for any text', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<', '>', '[', '](', ')', '`', '\ud83d'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 80 }), (parts) => {
        const plain = plainText(parts.join(''), 200);
        if (plain === null) return;
        expect(plain.length).toBeLessThanOrEqual(200);
        expect(plain.isWellFormed()).toBe(true);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>`*]/u);
        expect(plain).toBe(plain.trim());
      }),
    );
  });
});
