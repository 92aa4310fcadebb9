const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const number = new Intl.NumberFormat('en');
/** More digits than this do not help anybody at five metres. */
const EXACT_BELOW = 100_000;

/** What the board on the wall says. */
export const wall = {
  title: 'Wall',
  label: 'Figures of the desk',
  count: (value: number) => (value < EXACT_BELOW ? number : compact).format(value),
  open: 'Open',
  unassigned: 'Unassigned',
  critical: 'Critical',
  createdToday: 'New today',
  resolvedToday: 'Resolved today',
  oldestWaiting: 'Oldest waiting',
  nobodyWaits: 'none',
  notes: {
    open: 'waiting for an answer',
    unassigned: 'open, and nobody has them',
    critical: 'open or in progress',
    today: 'since midnight UTC',
    oldestWaiting: 'open, and nobody has it',
  },
  hours: 'Last 24 hours',
  arrived: 'Arrived',
  resolved: 'Resolved',
  hoursSummary: (arrived: number, resolved: number, peak: string) =>
    `In the last 24 hours ${number.format(arrived)} arrived and ${number.format(resolved)} were resolved; most arrived at ${peak}.`,
  now: 'now',
  heat: 'Unsolved by priority and category',
  newestCritical: 'Newest critical',
  noCritical: 'Nothing critical is open',
  longestWaiting: 'Longest waiting',
  noWaiting: 'Everything open is in somebody’s hands',
  latest: 'Just now',
  noLatest: 'Nothing has happened yet',
  unassignedTicket: 'nobody',
  live: 'Live',
  connecting: 'Connecting…',
  old: (age: string) => `Data ${age} old`,
  back: 'Back to the queue',
  page: (at: number, of: number) => `Page ${at} of ${of}`,
  ended: 'This screen may no longer show the board',
  endedHint: 'Its link was revoked. Open a new display link here; an administrator can make one.',
};

/** What somebody did, to follow their name. */
export const deeds = {
  submitted: 'submitted',
  deleted: 'deleted',
  commented: 'answered on',
  changed: 'changed',
  renamed: 'reworded',
  reopened: 'opened again',
  started: 'started on',
  resolved: 'resolved',
  closed: 'closed',
  released: 'let go of',
  took: 'took',
  assigned: (name: string) => `gave ${name}`,
  sorted: (category: string, priority: string) => `sorted as ${category}, ${priority}`,
  raised: (priority: string) => `set to ${priority}`,
  moved: (category: string) => `moved to ${category}`,
};
