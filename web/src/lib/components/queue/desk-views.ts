import { CATEGORIES } from '#contract/values';
import { category } from '#lib/text.ts';
import { views as text } from '#lib/text/queue.ts';

/** A view that every desk has. */
export interface DeskView {
  readonly name: string;
  /** As in the address of the queue. */
  readonly query: '' | `?${string}`;
  readonly group: 'main' | 'category';
}

export const DESK_VIEWS: readonly DeskView[] = [
  { name: text.open, query: '?status=open', group: 'main' },
  { name: text.unassigned, query: '?status=open&assignee=none', group: 'main' },
  { name: text.mine, query: '?status=open,in_progress&assignee=me', group: 'main' },
  { name: text.critical, query: '?status=open,in_progress&priority=critical', group: 'main' },
  { name: text.all, query: '', group: 'main' },
  ...CATEGORIES.map((value): DeskView => ({
    name: category[value],
    query: `?status=open&category=${value}`,
    group: 'category',
  })),
];

/** Of these the desk's own figures say how many there are. */
export const FIGURES = {
  '?status=open': 'open_tickets',
  '?status=open&assignee=none': 'unassigned_open',
  '': 'total_tickets',
} as const;

export const figureOf = (query: string): (typeof FIGURES)[keyof typeof FIGURES] | undefined =>
  FIGURES[query as keyof typeof FIGURES];
