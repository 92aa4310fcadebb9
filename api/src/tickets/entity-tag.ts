import { ProblemError } from '../problems/problem-error.js';

/** An entity tag list of RFC 9110, or `*`. */
const LIST =
  /^\s*(?:\*|(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*)\s*$/;
/** Any tag that a ticket can have; what is before the quotes makes it weak or not. */
const ANY_VERSION_TAG = /"([1-9]\d{0,8})"/g;
/** A strong tag that a ticket can have. */
const VERSION_TAG = /(?<!W\/)"([1-9]\d{0,8})"/g;

/** The strong tag of a ticket's version: `"7"`. */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * The versions that an `If-Match` allows; null: any (`*`, or no header). Tags that no ticket can have, weak
 * ones among them, match nothing.
 * @throws ProblemError `invalid` that names the header when it is no list of tags
 */
export function matchedVersions(header: string | undefined): number[] | null {
  if (header === undefined) return null;
  if (!LIST.test(header)) {
    throw ProblemError.field('If-Match', 'must be a list of quoted entity tags, such as "7", or *');
  }
  if (header.trim() === '*') return null;
  return [...header.matchAll(VERSION_TAG)].map(([, version]) => Number(version));
}

/** Whether an `If-None-Match` names this version: who asked has it already. A header that is no list does not. */
export function namesVersion(header: string | undefined, version: number): boolean {
  if (header === undefined || !LIST.test(header)) return false;
  if (header.trim() === '*') return true;
  return [...header.matchAll(ANY_VERSION_TAG)].some(([, named]) => Number(named) === version);
}
