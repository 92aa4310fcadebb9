import type { Category, Priority } from '../../contract/ticket.js';
import type { Replies } from './replies/replies.js';

/** A language other than English in which a scenario is written, as a locale. */
export type Language = 'de' | 'fr' | 'es' | 'pt' | 'it' | 'ja';

/**
 * What one kind of ticket is about. Texts are templates: `[this|that]` is one of its parts, `{slot}` a value that
 * stays the same within a ticket; see `slots.ts`.
 */
export interface Scenario {
  readonly category: Category;
  /** How urgent the texts sound. */
  readonly priority: Priority;
  readonly titles: readonly string[];
  /** The matter itself, in one or two paragraphs. A title goes with the story at its place, counted round. */
  readonly stories: readonly string[];
  /** Facts that the careful add as a paragraph of its own. */
  readonly details?: readonly string[];
  /** What a classifier says about it, at most 200 characters. */
  readonly reason: string;
  readonly replies: Replies;
  /** Written whole, greeting included: no English voice is laid over it. */
  readonly language?: Language;
}

/** The scenarios of one category. */
export function inCategory(
  category: Category,
  scenarios: readonly Omit<Scenario, 'category'>[],
): readonly Scenario[] {
  return scenarios.map((scenario) => ({ category, ...scenario }));
}
