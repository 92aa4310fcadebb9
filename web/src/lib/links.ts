/** A stretch of a text; with `href` where it is a web address. */
export interface Stretch {
  readonly text: string;
  readonly href?: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…*_~]+$/u;

/**
 * Cuts a text into plain stretches and web addresses, so that these can be shown as links. Only `http` and
 * `https` count, and only what a browser takes for an address; nothing of the text is lost or changed.
 */
export function linked(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = trimmed(found);
    if (!URL.canParse(address)) continue;
    if (index > at) stretches.push({ text: text.slice(at, index) });
    stretches.push({ text: address, href: address });
    at = index + address.length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at) });
  return stretches;
}

/** Without the sentence's punctuation, and without a bracket that was opened before it. */
function trimmed(found: string): string {
  let address = found.replace(TRAILING, '');
  for (const [open, close] of ['()', '[]'] as const) {
    while (address.endsWith(close!) && count(address, close!) > count(address, open!)) {
      address = address.slice(0, -1).replace(TRAILING, '');
    }
  }
  return address;
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
