import { Random } from '../../test/support/random.js';
import { TicketMaker } from '../data/ticket-maker.js';
import type { BenchRequest } from './request.js';
import type { SearchWords } from './search-words.js';

/** What is known of a database when its requests are made. */
export interface Desk {
  readonly size: number;
  readonly search: SearchWords;
  /** Paths of later pages, as the api itself gave them. */
  readonly laterPages: readonly string[];
}

/** One line of the table. */
export interface BenchRoute {
  readonly name: string;
  /** CPU seconds for 1,000 requests, api and database together. */
  readonly budget: number;
  /** CPU at the largest size at most so many times that at the smallest. */
  readonly growth: number;
  readonly requests: (desk: Desk, random: Random) => BenchRequest[];
}

const DISTINCT = 192;
const FILTERS = [
  'status=open',
  'status=open,in_progress&priority=high,critical',
  'category=billing&status=closed',
  'category=account&priority=critical',
  'assignee=none&status=open',
  'assignee=agent-3',
  'status=open&ordering=created_at',
  'status=in_progress&ordering=-updated_at',
  'priority=high&ordering=-priority',
  'ordering=-updated_at',
];

const DAYS = [1, 7, 30, 365];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const get = (path: string): BenchRequest => ({ method: 'GET', path });
const several = <Item>(make: (index: number) => Item, count = DISTINCT): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

const search = (name: keyof SearchWords): BenchRoute => ({
  name: `search ${name}`,
  budget: 3,
  growth: 3,
  requests: (desk) =>
    several((index) => {
      const words = desk.search[name];
      return get(`/api/tickets?search=${encodeURIComponent(words[index % words.length]!)}`);
    }),
});

/** Every measured route that changes nothing. */
export const READ_ROUTES: readonly BenchRoute[] = [
  { name: 'stats', budget: 0.3, growth: 1.5, requests: () => [get('/api/tickets/stats')] },
  { name: 'list', budget: 1, growth: 1.5, requests: () => [get('/api/tickets')] },
  {
    name: 'list filtered',
    budget: 1,
    growth: 1.5,
    requests: () => FILTERS.map((filter) => get(`/api/tickets?${filter}`)),
  },
  {
    name: 'list by time',
    budget: 1,
    growth: 1.5,
    requests: () => DAYS.map((days) => get(`/api/tickets?created_after=${daysAgo(days)}`)),
  },
  {
    name: 'cursor page',
    budget: 1,
    growth: 1.5,
    requests: ({ laterPages }) => laterPages.map(get),
  },
  {
    name: 'get',
    budget: 1,
    growth: 1.5,
    requests: ({ size }, random) => several(() => get(`/api/tickets/${random.int(1, size)}`)),
  },
  search('rare'),
  search('0.1 %'),
  search('1 %'),
  search('common'),
  search('two letters'),
];

export const CREATE: BenchRoute = {
  name: 'create',
  budget: 1.5,
  growth: 1.5,
  requests: ({ size }, random) => {
    const maker = new TicketMaker(size);
    return several(() => {
      const { title, description, category, priority, requester } = maker.ticket(random.int(1, size));
      const body = { title, description, category, priority, ...(requester === null ? {} : { requester }) };
      return { method: 'POST', path: '/api/tickets', body };
    });
  },
};

export const PATCH_BUDGET = { name: 'patch', budget: 1.5, growth: 1.5 };
