/**
 * A regular expression of PostgreSQL that finds `text` as it stands in any letter case, whatever the locale of the
 * database knows about letters.
 */
export const anyCase = (text: string): string =>
  Array.from(text, (character) => {
    const forms = [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
    return forms.length === 1 ? literal(character) : `(?:${forms.map(literal).join('|')})`;
  }).join('');

/** A backslash before anything but a letter or digit makes it stand for itself. */
const literal = (text: string): string => text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
