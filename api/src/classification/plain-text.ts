const TAG = /<[^<>]*>/g;
const LINK = /!?\[([^[\]]*)\]\([^()]*\)/g;
const MARK = /[<>`*]+/g;
const SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Format characters reorder or hide text; private-use ones mean nothing to a reader. */
const INVISIBLE = /[\p{Cf}\p{Co}]/gu;

/**
 * One line that is safe to show anywhere: no control or format characters, no HTML or Markdown.
 * @param max UTF-16 units; longer text is cut between characters and ends in an ellipsis
 * @returns null when nothing is left
 */
export function plainText(value: string, max: number): string | null {
  const line = value
    .toWellFormed()
    .replace(TAG, ' ')
    .replace(LINK, '$1')
    .replace(MARK, '')
    .replace(SPACE, ' ')
    .replace(INVISIBLE, '')
    .trim();
  if (line.length === 0) return null;
  if (line.length <= max) return line;
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length >= max) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}
