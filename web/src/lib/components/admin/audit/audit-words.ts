import type { AuditEntry } from '#contract/administration';
import { audit as text, events, people } from '#lib/text/admin.ts';

/** What was done, as the middle of a sentence between who did it and to whom. */
export const verbOf = ({ action, target }: AuditEntry): string =>
  action === 'sign_out_everywhere' && target !== null ? text.signedOutOther : text.actions[action];

/** What else is recorded, each as a few words; `[before, after]` as a change. */
export function detailsOf({ details }: AuditEntry): string[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const field = name.replaceAll('_', ' ');
      if (Array.isArray(value) && value.length === 2 && name !== 'scopes') {
        return events.fromTo(field, sayValue(value[0]), sayValue(value[1]));
      }
      return events.setTo(field, sayValue(value));
    });
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined) return people.noEmail;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
