import { describe, expect, it } from '@jest/globals';

import { linked } from './links.js';

const hrefs = (text: string) => linked(text).flatMap(({ href }) => href ?? []);

describe('links in a text', () => {
  it('are found with their path, query and fragment', () => {
    expect(linked('see https://desk.test/a?b=1#c now')).toEqual([
      { text: 'see ' },
      { text: 'https://desk.test/a?b=1#c', href: 'https://desk.test/a?b=1#c' },
      { text: ' now' },
    ]);
  });

  it('leave the sentence its punctuation and its brackets', () => {
    expect(hrefs('(https://desk.test/a). Or https://desk.test/b, https://desk.test/c_(d)!')).toEqual([
      'https://desk.test/a',
      'https://desk.test/b',
      'https://desk.test/c_(d)',
    ]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://', 'file:///etc/passwd', 'xhttps://a.test'])(
    'are not made of %s',
    (text) => expect(linked(text)).toEqual([{ text }]),
  );

  it('change nothing of the text', () => {
    const text = '<a href="https://a.test">x</a> https://b.test/"onmouseover=1 \n\n https://c.test...';
    expect(
      linked(text)
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text);
  });
});
