import type { Language } from '../scenario.js';
import { MANNERS_ABROAD } from './manners-abroad.js';
import { ENGLISH_MANNERS } from './manners-english.js';
import type { Manners } from './manners.js';

/** How agents write in a language; absent: English. */
export function mannersOf(language: Language | undefined): Manners {
  return language === undefined ? ENGLISH_MANNERS : MANNERS_ABROAD[language];
}
