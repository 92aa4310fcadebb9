import { type Category, PRIORITIES, type Priority, type Status } from '../../src/contract/ticket.js';
import type { FacetCounts, ListFacets, ListRequest } from '../../src/tickets/list-request.js';

export interface NaiveTicket {
  id: number;
  title: string;
  description: string;
  status: Status;
  category: Category;
  priority: Priority;
  assignee: string | null;
  /** Milliseconds since 1970. */
  created_at: number;
  updated_at: number;
}

const DAY_MS = 86_400_000;

const fold = (text: string) =>
  text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ').replaceAll('\u001f', ' ');
const isWordCharacter = (character: string) => /[\p{L}\p{N}]/u.test(character);
const isHan = (character: string) => /\p{sc=Han}/u.test(character);

/** Whether a word stands somewhere in a text: a short one only at starts of words. */
function holds(text: string, word: string): boolean {
  if ([...word].length >= 3 || !isWordCharacter([...word][0]!)) return text.includes(word);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = [...text.slice(0, at)].at(-1) ?? ' ';
    if (!isWordCharacter(before) || isHan(before) || isHan([...word][0]!)) return true;
  }
  return false;
}

/** The tickets that a request asks for, in its order, by reading every one. */
export function naiveMatches(all: readonly NaiveTicket[], request: Omit<ListRequest, 'from'>): NaiveTicket[] {
  const { facets, createdAfter, createdBefore, search, ordering } = request;
  const words = fold(search ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const value = (ticket: NaiveTicket) =>
    ordering.endsWith('priority')
      ? PRIORITIES.indexOf(ticket.priority)
      : ordering.endsWith('updated_at')
        ? ticket.updated_at
        : ticket.created_at;
  const sign = ordering.startsWith('-') ? -1 : 1;
  return all
    .filter((ticket) => hasFacets(ticket, facets))
    .filter(({ created_at: at }) => at >= (createdAfter?.getTime() ?? -Infinity))
    .filter(({ created_at: at }) => at < (createdBefore?.getTime() ?? Infinity))
    .filter((ticket) => {
      const text = `${fold(ticket.title)} ${fold(ticket.description)}`;
      return words.every((word) => holds(text, word));
    })
    .sort((a, b) => sign * (value(a) - value(b) || a.id - b.id));
}

/** The ids of the pages; a list of nothing has one empty page. */
export function naivePages(matches: readonly NaiveTicket[], size: number): number[][] {
  const pages: number[][] = [];
  for (let at = 0; at === 0 || at < matches.length; at += size) {
    pages.push(matches.slice(at, at + size).map(({ id }) => id));
  }
  return pages;
}

export const naiveCounts = (all: readonly NaiveTicket[]): FacetCounts => ({
  count: (facets) => all.filter((ticket) => hasFacets(ticket, facets)).length,
  createdOn: (first, end) =>
    all.filter(({ created_at: at }) => at >= first * DAY_MS && at < end * DAY_MS).length,
});

const hasFacets = (ticket: NaiveTicket, { status, category, priority, assignee }: ListFacets): boolean =>
  (status?.includes(ticket.status) ?? true) &&
  (category?.includes(ticket.category) ?? true) &&
  (priority?.includes(ticket.priority) ?? true) &&
  (assignee === undefined || assignee === (ticket.assignee ?? 'none'));
