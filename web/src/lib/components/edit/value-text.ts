import type { Names } from '#lib/state/names.svelte.ts';

import { nameOf } from './editable-field.ts';

const MOST = 80;

/**
 * A field's value for a sentence: an assignee by the name of now, a text in quotation marks and not whole.
 *
 * @param value as in a ticket, or as in an event or a conflict, where an assignee is an id
 */
export function valueText(names: Names, field: string, value: unknown): string {
  if (field === 'assignee' && typeof value === 'string') return names.ofId(value);
  if (field === 'assignee' && isPerson(value)) return names.of(value);
  if (field !== 'title' && field !== 'description') return nameOf(field, value);
  const [...signs] = String(value ?? '');
  return `“${signs.length > MOST ? `${signs.slice(0, MOST).join('').trimEnd()}…` : signs.join('')}”`;
}

const isPerson = (value: unknown): value is { id: string; name: string } =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value;
