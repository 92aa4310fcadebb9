import { diffLines, diffWordsWithSpace, type Change } from 'diff';

/** Word by word is for texts that differ a little; one that was written anew is compared by line, or not. */
const MOST_EDITS = 400;
const MOST_LINES = 2_000;

/** A stretch of two texts: in both, only in the one before, or only in the one after. */
export interface DiffPart {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** How one text becomes another, by words; by lines, or as a whole, where little is common. */
export function textDiff(before: string, after: string): DiffPart[] {
  const parts: Change[] = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS }) ??
    diffLines(before, after, { maxEditLength: MOST_LINES }) ?? [
      { value: before, removed: true, added: false, count: 1 },
      { value: after, removed: false, added: true, count: 1 },
    ];
  return parts.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }));
}
