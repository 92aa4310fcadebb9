import type { Category, Priority, Status } from '#contract/ticket';

/** Everything the app says, in one place, so that another language is another such file. */

const number = new Intl.NumberFormat('en');
const decimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const of = (count: number, one: string, many: string) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const format = {
  count: (value: number) => number.format(value),
  average: (value: number) => decimal.format(value),
  percent: (share: number) => `${Math.round(share * 100)}%`,
};

export const status: Readonly<Record<Status, string>> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
  closed: 'Closed',
};

export const priority: Readonly<Record<Priority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export const category: Readonly<Record<Category, string>> = {
  billing: 'Billing',
  technical: 'Technical',
  account: 'Account',
  general: 'General',
};

export const field: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  status: 'status',
  priority: 'priority',
  category: 'category',
  assignee: 'assignee',
};

export const app = {
  name: 'Signalbox',
  title: (page: string) => `${page} · Signalbox`,
  skip: 'Skip to content',
  queue: 'Queue',
  stats: 'Stats',
  wall: 'Wall',
  submit: 'Submit',
  nav: 'Main',
};

export const latePart = {
  loading: 'Loading…',
  missing: 'This part of the app could not be loaded',
  hint: 'Check your connection. If that is well, reload the page.',
  retry: 'Try again',
  close: 'Close',
};

export const theme = {
  label: 'Theme',
  choices: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
};

export const connection = {
  live: 'Live',
  latency: (ms: number) => `${number.format(ms)} ms`,
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  waiting: (count: number) => `${of(count, 'change', 'changes')} waiting`,
  waitingShort: (count: number) => `${number.format(count)} waiting`,
  stale: (age: string) => `Data ${age} old`,
  ended: 'Disconnected',
  hints: {
    live: 'Every change arrives here at once. The figure is the time from a change to this screen.',
    connecting: 'Making the connection. What is shown may not be the newest.',
    connected: 'The connection is there. What this page shows has yet to be read.',
    reconnecting: 'The connection was lost and is being made again. Nothing is lost meanwhile.',
    offline: 'No connection. Changes you make are kept and sent when it is back.',
    stale: 'The server has not confirmed for a while that this is current.',
    ended: 'The server has ended this connection. Reload the page to connect again.',
  },
};

export const stats = {
  label: 'Figures of the desk',
  total: 'Total',
  open: 'Open',
  unassigned: 'Unassigned',
  unassignedHint: 'Open tickets that nobody has taken',
  createdToday: 'New today',
  resolvedToday: 'Resolved today',
  average: 'Avg per day',
  averageHint: 'Mean over the UTC days that had a ticket',
  utc: 'Days are UTC days',
  asOf: (time: string) => `as of ${time}`,
};

export const queue = {
  title: 'Queue',
  list: 'Tickets',
  search: 'Search tickets',
  searchHint: 'Search title and description',
  clearSearch: 'Clear search',
  clearFilters: 'Clear filters',
  any: 'Any',
  unassigned: 'Unassigned',
  nobody: 'Nobody',
  filters: 'Filters',
  filterBy: { status: 'Status', priority: 'Priority', category: 'Category', assignee: 'Assignee' },
  columns: {
    priority: 'Priority',
    id: 'Id',
    title: 'Title',
    category: 'Category',
    status: 'Status',
    presence: 'Also here',
    assignee: 'Assignee',
    age: 'Age',
  },
  count: (count: number, exact: boolean) =>
    exact ? of(count, 'ticket', 'tickets') : `${number.format(count)}+ tickets`,
  counting: 'Loading…',
  notLoaded: 'Not loaded',
  arrivals: (count: number) => `${number.format(count)} new`,
  gone: (count: number) => `${number.format(count)} no longer here`,
  changed: 'List changed',
  refresh: 'Refresh',
  next: 'Older',
  previous: 'Newer',
  newest: 'Newest',
  pages: 'Pages',
  empty: 'No tickets yet',
  emptyHint: 'The first one appears here the moment it is submitted.',
  emptySubmit: 'Submit a ticket',
  noMatch: 'No tickets match',
  noMatchHint: 'Try fewer filters or another search.',
  failed: 'The tickets could not be loaded',
  failedHint: 'Check your connection, then try again.',
  stuck: 'Not up to date',
  outdated: 'This page of the list is no longer valid',
  outdatedHint: 'The link is damaged or too old. Go back to the newest tickets.',
  retry: 'Retry',
  noLongerMatches: 'No longer in this list',
  deleted: 'Deleted',
  saving: 'Saving',
};

export const change = {
  set: (name: string, value: string) => `Set ${name} to ${value}`,
  label: (name: string, value: string, id: number) => `${name} of #${id}: ${value}`,
  done: (id: number, name: string, value: string) => `#${id}: ${name} set to ${value}`,
  undo: 'Undo',
  retry: 'Retry',
  failed: (id: number, name: string) => `The ${name} of #${id} was not changed`,
  noAnswer: 'The server could not be reached.',
  deleted: (id: number) => `#${id} has been deleted meanwhile`,
  conflict: (id: number) => `#${id} was changed by somebody else`,
};

export const ticket = {
  back: 'Back to the queue',
  description: 'Description',
  fields: 'Fields',
  requester: 'Requester',
  created: 'Created',
  changed: 'changed',
  why: 'Why',
  classification: 'Classification',
  sources: {
    model: 'Suggested by the model',
    fallback: 'Not classified by the model',
    human: 'Sorted by a person',
    pending: 'Being classified…',
  },
  confidence: (share: number) => `${Math.round(share * 100)}% sure`,
  suggested: (categoryName: string, priorityName: string) => `${categoryName} · ${priorityName}`,
  notFound: (id: string) => `There is no ticket #${id}`,
  notFoundHint: 'Check the number, or look for it in the queue.',
  gone: (id: string) => `Ticket #${id} has been deleted`,
  failed: 'The ticket could not be loaded',
  failedHint: 'Check your connection and try again.',
  retry: 'Retry',
};

export const submit = {
  title: 'Submit a ticket',
  lead: 'Tell us what happened. The more exact, the quicker we can help.',
  titleLabel: 'Title',
  titleHint: 'One line: what is wrong?',
  descriptionLabel: 'Description',
  descriptionHint: 'What did you do, what did you expect, what happened instead?',
  suggesting: 'Suggesting category and priority…',
  idle: 'Category and priority are suggested from your description.',
  none: 'No suggestion right now; choose below or leave it to us.',
  suggestion: 'Suggested',
  chosen: 'Chosen by you',
  leave: 'Leave it to us',
  category: 'Category',
  priority: 'Priority',
  send: 'Submit ticket',
  sending: 'Submitting…',
  waiting: 'No answer from the server yet. Your ticket is kept and sent again by itself.',
  tooMany: 'Too many tickets came from here. Yours is kept and sent by itself',
  again: (seconds: number) => (seconds > 0 ? `in ${number.format(seconds)} s.` : 'now.'),
  required: {
    title: 'Please give the ticket a title.',
    description: 'Please describe what happened.',
  },
  tooLong: (most: number) => `At most ${number.format(most)} characters.`,
  left: (count: number) => `${of(count, 'character', 'characters')} left`,
  over: (count: number) => `${of(count, 'character', 'characters')} too many`,
  failed: 'The ticket was not submitted',
  received: 'Ticket received',
  receipt: (id: number) => `Your ticket is #${id}.`,
  receiptHint: 'Please keep the number, in case you want to ask about it.',
  another: 'Submit another',
  open: 'Open the ticket',
};

export const problem = {
  notFound: 'This page does not exist',
  notFoundHint: 'The address may be mistyped, or the page has moved.',
  broken: 'Something went wrong',
  brokenHint: 'Reload the page. If it happens again, tell whoever runs this desk.',
  home: 'Go to the queue',
};
