import type { Category, PersonRef, Priority, Status } from '#contract/ticket';
import { CATEGORIES, PRIORITIES, STATUSES } from '#contract/values';
import * as text from '#lib/text.ts';

/** The fields that are changed by choosing from a list of fixed values. */
export type ChoiceField = 'status' | 'priority' | 'category';
/** The fields that are changed by choosing. */
export type EditableField = ChoiceField | 'assignee';
export type ChoiceValue = Status | Priority | Category;
export type FieldValue = ChoiceValue | PersonRef | null;

/** In the order of a menu: the most urgent first. */
export const VALUES = {
  status: STATUSES,
  priority: PRIORITIES.toReversed(),
  category: CATEGORIES,
} as const satisfies Record<ChoiceField, readonly ChoiceValue[]>;

/** A value as people read it; one that this version does not know, as it is. */
export function nameOf(field: string, value: unknown): string {
  if (value === null || value === undefined) return text.queue.nobody;
  if (typeof value === 'object' && 'name' in value) return String(value.name);
  const names: Record<string, Readonly<Record<string, string>>> = {
    status: text.status,
    priority: text.priority,
    category: text.category,
  };
  return names[field]?.[String(value)] ?? String(value);
}
