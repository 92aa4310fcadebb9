import type { AuditEntry } from '#contract/administration';
import { exactTime } from '#lib/age.ts';
import { audit as text, events, people } from '#lib/text/admin.ts';

/** What was done, as the middle of a sentence between who did it and to whom. */
export const verbOf = ({ action, target }: AuditEntry): string =>
  action === 'sign_out_everywhere' && target !== null ? text.signedOutOther : text.actions[action];

/** What it was done to, where that says more than who did it. */
export const targetOf = ({ action, target }: AuditEntry): string | undefined =>
  action === 'display_opened' || action === 'set_up' ? undefined : target?.name;

/** What else is recorded, each as a few words; `[before, after]` as a change. */
export function detailsOf(
  { details }: AuditEntry,
  nameOf: (personId: string) => string | undefined,
): string[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const field = name.replaceAll('_', ' ');
      const say = (one: unknown) => sayValue(name, one, nameOf);
      if (Array.isArray(value) && value.length === 2 && name !== 'scopes') {
        return events.fromTo(field, say(value[0]), say(value[1]));
      }
      return events.setTo(field, say(value));
    });
}

function sayValue(field: string, value: unknown, nameOf: (personId: string) => string | undefined): string {
  if (value === null || value === undefined) return text.none;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  if (typeof value === 'object') return JSON.stringify(value);
  const word = String(value);
  if (field === 'role') return people.roles[word as keyof typeof people.roles] ?? word;
  if (field === 'person') return nameOf(word) ?? word;
  return field.endsWith('_at') && !Number.isNaN(Date.parse(word)) ? exactTime(word) : word;
}
