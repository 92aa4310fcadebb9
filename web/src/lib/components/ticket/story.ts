import type { FeedEvent } from '#contract/events';
import { startOfDay } from '#lib/age.ts';
import { valueText } from '#lib/components/edit/value-text.ts';
import type { Names } from '#lib/state/names.svelte.ts';
import * as words from '#lib/text.ts';
import { history as text } from '#lib/text/ticket.ts';

/** One thing that somebody did, as the timeline tells it: "changed the status", from, to. */
export interface Deed {
  readonly said: string;
  readonly from?: string;
  readonly to?: string;
  /** The words of a comment, and which one it is. */
  readonly quote?: string;
  readonly commentId?: number;
}

/** A day of the history, in the reader's zone. */
export interface Day {
  /** Any moment of it, milliseconds since 1970. */
  readonly at: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly event: FeedEvent;
  readonly who: string;
  readonly deeds: readonly Deed[];
}

/** What happened to a ticket, by day, newest first; bookkeeping that no person reads is left out. */
export function daysOf(events: readonly FeedEvent[], names: Names): Day[] {
  const days = new Map<number, Entry[]>();
  for (const event of events) {
    const deeds = deedsOf(event, names);
    if (deeds.length === 0) continue;
    const day = startOfDay(Date.parse(event.at));
    const entry = { event, who: whoOf(event, names), deeds };
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([at, entries]) => ({ at, entries }));
}

export function whoOf({ actor }: Pick<FeedEvent, 'actor'>, names: Names): string {
  if (actor.kind === 'classifier' || actor.kind === 'database') return text.actors[actor.kind];
  return actor.kind === 'agent' ? names.of(actor) : actor.name;
}

function deedsOf(event: FeedEvent, names: Names): Deed[] {
  const { type, changed, changes, comment } = event;
  if (type === 'ticket.created') return [{ said: text.submitted }];
  if (type === 'ticket.deleted') return [{ said: text.deleted }];
  if (comment) {
    const said = comment.internal ? text.noted : text.replied;
    return [{ said, quote: comment.body, commentId: comment.id }];
  }
  return changed.flatMap((field) => {
    if (field === 'description') return [{ said: text.described }];
    const change = changes[field];
    if (!change || !(field in words.field)) return [];
    if (field === 'assignee') return [assigned(event, names)];
    const [from, to] = change.map((value) => valueText(names, field, value));
    return [{ said: text.changed(words.field[field] ?? field), from: from!, to: to! }];
  });
}

function assigned({ actor, changes }: FeedEvent, names: Names): Deed {
  const [from, to] = changes['assignee'] as [string | null, string | null];
  const self = actor.kind === 'agent' ? actor.id : undefined;
  if (to === null) {
    return { said: from === self ? text.released : text.unassigned(names.ofId(from ?? '')) };
  }
  if (to === self && from === null) return { said: text.claimed };
  const said = text.assigned(names.ofId(to));
  return from === null ? { said } : { said, from: names.ofId(from) };
}
