/** What the queue says: views, the list, marking, changes of many, the palette and the keys. */

const number = new Intl.NumberFormat('en');
const listed = new Intl.ListFormat('en', { type: 'conjunction' });
const of = (count: number, one: string, many: string) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const views = {
  label: 'Views',
  open: 'All open',
  unassigned: 'Unassigned',
  mine: 'Mine',
  critical: 'Critical',
  all: 'All tickets',
  byCategory: 'Open by category',
  saved: 'Saved views',
  none: 'Choose filters, then save them here.',
  failed: 'Your saved views could not be loaded.',
  retry: 'Retry',
  atLeast: (count: number) => `${number.format(count)}+`,
  shared: 'Shared',
  sharedBy: (who: string) => `Shared by ${who}`,
  save: 'Save view',
  saveTitle: 'Save this view',
  saveHint: 'The filters, the search and the order, under a name.',
  name: 'Name',
  share: 'Share it with everybody at the desk',
  saving: 'Saving…',
  needed: 'A view needs a name.',
  saveAction: 'Save',
  cancel: 'Cancel',
  more: (name: string) => `More about ${name}`,
  rename: 'Rename…',
  renameTitle: 'Rename the view',
  renameHint: 'Its filters stay as they are.',
  update: 'Update to the current filters',
  makeShared: 'Share with everybody',
  makeOwn: 'Keep to myself',
  remove: 'Delete',
  removed: (name: string) => `“${name}” is deleted`,
  updated: (name: string) => `“${name}” has these filters now`,
  undo: 'Undo',
};

export const list = {
  sort: 'Order',
  orders: {
    '-created_at': 'Newest first',
    created_at: 'Oldest first',
    '-updated_at': 'Last changed first',
    '-priority': 'Most urgent first',
  },
  mark: (id: number) => `Select #${id}`,
  loading: 'Loading',
  me: 'Me',
  assignee: 'Assignee',
  anybody: 'Anybody',
  pane: 'The ticket',
  close: 'Close the ticket',
  openPage: 'Open as a page',
  noNote: (id: number) => `No note on #${id} yet`,
  noNoteHint: 'There is nowhere to write it: the ticket has not come, or is gone.',
};

export const marking = {
  count: (count: number) => `${number.format(count)} selected`,
  allLoaded: (count: number) => `Select all ${number.format(count)} loaded`,
  allMatching: (count: number) => `Select all ${number.format(count)} that match`,
  first: (count: number) => `Select the first ${number.format(count)} that match`,
  gathering: 'Gathering…',
  failed: 'The tickets could not be gathered',
  clear: 'Clear the selection',
  fields: { status: 'Status', priority: 'Priority', category: 'Category', assignee: 'Assignee' },
  bar: 'Change the selected tickets',
};

export const bulk = {
  title: (count: number, name: string, value: string) =>
    `${of(count, 'ticket', 'tickets')}: ${name} → ${value}`,
  same: (count: number) => (count === 1 ? '1 already has it.' : `${number.format(count)} already have it.`),
  will: (count: number) => `${of(count, 'ticket changes', 'tickets change')}.`,
  nothing: 'All of them already have it.',
  reading: (count: number) => `${number.format(count)} ${count === 1 ? 'is' : 'are'} still being read.`,
  unknown: (count: number) =>
    `${number.format(count)} could not be read, or ${count === 1 ? 'is deleted, and stays as it is' : 'are deleted, and stay as they are'}.`,
  from: (count: number, value: string) => `${number.format(count)} × ${value}`,
  before: 'Now',
  apply: 'Change them',
  cancel: 'Cancel',
  close: 'Close',
  progress: (done: number, all: number) => `${number.format(done)} of ${number.format(all)}`,
  running: 'Changing…',
  stop: 'Stop',
  done: (count: number, name: string, value: string) =>
    `${of(count, 'ticket', 'tickets')}: ${name} set to ${value}`,
  waiting: (count: number) =>
    `${count === 1 ? 'It is' : `${number.format(count)} are`} kept here, and sent when the connection is back.`,
  late: (id: number) => `#${id} was not changed`,
  report: (count: number) => `${of(count, 'ticket was', 'tickets were')} not changed`,
  reportHint: 'The others are done. Decide about each of these, or leave them as they are.',
  conflict: (who: string, value: string) => `${who} has set it to ${value} meanwhile.`,
  gone: 'It has been deleted meanwhile.',
  stopped: 'Stopped before its turn.',
  restored:
    'The desk was restored from a backup, where it is not as you saw it. Look at it, and choose again.',
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  keepAll: 'Keep mine for all',
  takeAll: 'Take theirs for all',
  retry: 'Try again',
  undo: 'Undo all',
};

const UNDO = 'Undo the last change';

export const palette = {
  title: 'Commands',
  key: 'Ctrl K',
  hint: 'Type a command, a view, or a ticket’s number',
  none: 'Nothing by that name',
  ticket: (id: number) => `Open ticket #${id}`,
  groups: { ticket: 'Ticket', selected: 'Selected tickets', views: 'Go to', desk: 'Desk' },
  view: (name: string) => `View: ${name}`,
  about: (ids: readonly number[]) =>
    ids.length > 3 ? of(ids.length, 'ticket', 'tickets') : listed.format(ids.map((id) => `#${id}`)),
  set: (name: string, value: string) => `Set ${name} to ${value}`,
  claim: 'Claim',
  note: 'Write an internal note',
  undo: UNDO,
  submit: 'Submit a ticket',
  wall: 'Wall',
  account: 'Your account',
  admin: (name: string) => `Administration: ${name}`,
  theme: (name: string) => `Theme: ${name}`,
  keys: 'Keyboard shortcuts',
  signOut: 'Sign out',
};

const EVERYWHERE = [
  { keys: ['z', 'Ctrl + Z'], does: UNDO },
  { keys: ['Ctrl + K'], does: 'Commands' },
  { keys: ['?'], does: 'This sheet' },
];

export const keys = {
  title: 'Keyboard shortcuts',
  hint: 'Not while you are writing.',
  close: 'Close',
  or: 'or',
  groups: [
    {
      name: 'Move',
      on: ['queue'],
      keys: [
        { keys: ['j', '↓'], does: 'Next ticket' },
        { keys: ['k', '↑'], does: 'Ticket before' },
        { keys: ['Home'], does: 'First ticket' },
        { keys: ['End'], does: 'Last ticket' },
        { keys: ['Enter'], does: 'Open the ticket' },
        { keys: ['Esc'], does: 'Back, close, clear' },
        { keys: ['/'], does: 'Search' },
        { keys: ['r'], does: 'Show what is new' },
      ],
    },
    {
      name: 'Change',
      on: ['queue', 'ticket'],
      keys: [
        { keys: ['c'], does: 'Claim' },
        { keys: ['s'], does: 'Status' },
        { keys: ['p'], does: 'Priority' },
        { keys: ['g'], does: 'Category' },
        { keys: ['a'], does: 'Assign' },
        { keys: ['n'], does: 'Internal note' },
      ],
    },
    {
      name: 'Many at once',
      on: ['queue'],
      keys: [
        { keys: ['x', 'Space'], does: 'Select' },
        { keys: ['Shift + click'], does: 'Select up to here' },
        { keys: ['Ctrl + A'], does: 'Select all loaded' },
      ],
    },
    {
      name: 'Move',
      on: ['ticket'],
      keys: [
        { keys: ['j'], does: 'Next ticket of the queue' },
        { keys: ['k'], does: 'Ticket before' },
        { keys: ['Esc'], does: 'Back to the queue' },
      ],
    },
    {
      name: 'Everywhere',
      on: ['queue', 'ticket', 'other'],
      keys: EVERYWHERE,
    },
  ],
};
