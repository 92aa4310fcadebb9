import type { PresenceEntry } from '#lib/sync/presence-map.ts';
import { field as fieldNames } from '#lib/text.ts';
import { presence as text } from '#lib/text/ticket.ts';

/** What somebody does at a ticket, as a sentence. */
export function whatTheyDo({ mode, field }: Pick<PresenceEntry, 'mode' | 'field'>, name: string): string {
  if (mode === 'viewing' || field === undefined) return text.viewing(name);
  const writing = text.fields[field];
  return writing === undefined ? text.editing(name, fieldNames[field] ?? field) : text.writing(name, writing);
}
