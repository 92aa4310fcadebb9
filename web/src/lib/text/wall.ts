/** What the board on the wall says. */
export const wall = {
  title: 'Wall',
  label: 'Figures of the desk',
  open: 'Open',
  unassigned: 'Unassigned',
  critical: 'Critical',
  createdToday: 'New today',
  resolvedToday: 'Resolved today',
  notes: {
    open: 'waiting for an answer',
    unassigned: 'open, and nobody has them',
    critical: 'of all tickets, closed ones too',
    today: 'since midnight UTC',
  },
  live: 'Live',
  connecting: 'Connecting…',
  old: (age: string) => `Data ${age} old`,
  noData: 'No data',
  back: 'Back to the queue',
  ended: 'This screen may no longer show the board',
  endedHint: 'Its link was revoked. Open a new display link here; an administrator can make one.',
};
