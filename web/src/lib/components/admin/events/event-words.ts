import type { FeedEvent } from '#contract/events';
import { nameOf } from '#lib/components/edit/editable-field.ts';
import { events as text, people } from '#lib/text/admin.ts';
import { field as fieldNames } from '#lib/text.ts';

/** Who somebody is by id; undefined: not known here. */
export type NameOf = (personId: string) => string | undefined;

/** What was done, between who did it and what it was done to. */
export function verbOf({ type, changes, comment }: FeedEvent): string {
  switch (type) {
    case 'ticket.created':
      return text.created;
    case 'ticket.deleted':
      return text.deleted;
    case 'comment.created':
      return comment?.internal ? text.noted : text.replied;
    case 'person.updated':
      if (changes['name']?.[0] === null) return text.joined;
      if (changes['disabled']) return changes['disabled'][1] === true ? text.disabled : text.enabled;
      return text.changed;
    default:
      return text.changed;
  }
}

/** What changed from what to what, each field as a few words. */
export function changesOf({ type, changed, changes, ticket }: FeedEvent, nameOfPerson: NameOf): string[] {
  if (type !== 'ticket.updated' && type !== 'person.updated') return [];
  const person = (id: unknown): string => {
    if (id === null || id === undefined) return text.nobody;
    if (ticket?.assignee?.id === id) return ticket.assignee.name;
    return nameOfPerson(String(id)) ?? String(id);
  };
  const say = (field: string, value: unknown): string => {
    if (field === 'assignee') return person(value);
    if (field === 'role') return people.roles[value as keyof typeof people.roles] ?? String(value);
    return nameOf(field, value);
  };
  return changed.flatMap((field) => {
    const name = fieldNames[field] ?? text.fields[field];
    const change = changes[field];
    if (name === undefined || field === 'disabled') return [];
    if (change === undefined) return [name];
    if (type === 'person.updated' && change[0] === null) return [text.setTo(name, say(field, change[1]))];
    return [text.fromTo(name, say(field, change[0]), say(field, change[1]))];
  });
}
