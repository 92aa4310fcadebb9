/** What the desk says where people work on one ticket together. */

const number = new Intl.NumberFormat('en');
const listed = new Intl.ListFormat('en', { type: 'conjunction' });
const of = (count: number, one: string, many: string) =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const edit = {
  title: 'Title',
  description: 'Description',
  change: { title: 'Change the title', description: 'Change the description' },
  of: (name: string, id: number) => `${name} of #${id}`,
  save: 'Save',
  cancel: 'Cancel',
  keys: { title: 'Enter saves, Esc cancels', description: 'Ctrl+Enter saves, Esc cancels' },
  needed: { title: 'A ticket needs a title.', description: 'A ticket needs a description.' },
  left: (count: number) => `${number.format(count)} left`,
  tooLong: (count: number) => `${of(count, 'character', 'characters')} too long`,
  done: (id: number, name: string) => `#${id}: ${name} changed`,
  refused: (reason: string) => `Not saved: ${reason}`,
  kept: 'What you wrote is kept in its place.',
  dropped: (id: number, name: string) => `#${id}: your change of the ${name} was dropped`,
  bringBack: 'Bring it back',
};

export const conflict = {
  somebody: 'Somebody',
  /** While a text is being written. */
  changed: (who: string, name: string) => `${who} changed the ${name} while you were writing.`,
  /** Of a value: what the other has made of it. */
  theirs: (who: string, name: string, value: string) => `${who} set the ${name} to ${value}.`,
  mine: (value: string) => `You chose ${value}.`,
  keepMine: 'Keep mine',
  takeTheirs: 'Take theirs',
  label: (name: string) => `Two changes of the ${name}`,
  diff: 'From theirs to yours',
  inserted: 'Yours only',
  removed: 'Theirs only',
  elsewhere: (id: number) => `#${id} was changed by somebody else, too`,
  look: 'Look at it',
};

export const assign = {
  label: (id: number) => `Who has #${id}`,
  search: 'Search people',
  nobody: 'Nobody',
  me: 'you',
  none: 'No one by that name',
  failed: 'The people could not be loaded.',
  retry: 'Retry',
  claim: 'Claim',
  claimed: (id: number) => `#${id} is yours`,
  taken: (id: number, who: string) => `${who} was quicker: #${id} is taken`,
  held: (id: number, who: string) => `${who} has #${id}`,
  yours: (id: number) => `#${id} is yours already`,
  failedToClaim: (id: number) => `#${id} was not claimed`,
};

export const conversation = {
  title: 'Conversation',
  label: 'Messages',
  kinds: { reply: 'Reply', note: 'Internal note' },
  badge: { reply: 'Public reply', note: 'Internal note' },
  placeholder: {
    reply: 'Write to the requester…',
    note: 'Only people of the desk see this…',
  },
  noAddress: 'Public reply; this requester left no address',
  hint: {
    reply: 'Public: it may be shown to the requester.',
    note: 'Only people of the desk can read this.',
  },
  send: { reply: 'Send reply', note: 'Add note' },
  writing: 'Write',
  draft: 'Draft kept',
  keys: 'Ctrl+Enter',
  left: (count: number) => `${number.format(count)} left`,
  tooLong: (count: number) => `${number.format(count)} too many`,
  sending: 'Sending…',
  waiting: 'Waits for the connection',
  notSent: 'Not sent',
  retry: 'Retry',
  discard: 'Discard',
  empty: 'Nobody has written yet.',
  emptyHint: 'A reply is public, for the requester too; a note stays among the people of the desk.',
  failed: 'The conversation could not be loaded.',
  retryLoad: 'Retry',
  loading: 'Loading the conversation',
  earlier: (count: number) => `Show ${of(count, 'earlier message', 'earlier messages')}`,
  arrived: (count: number) => of(count, 'new message', 'new messages'),
  latest: 'Latest message',
  toLatest: 'Go to the latest message',
  toLatestOf: (count: number) => `${of(count, 'message', 'messages')}: go to the latest`,
  spoken: (who: string, internal: boolean) => (internal ? `New note by ${who}` : `New reply by ${who}`),
};

export const presence = {
  viewing: (name: string) => `${name} is looking at this`,
  editing: (name: string, field: string) => `${name} is at the ${field}`,
  writing: (name: string, field: string) => `${name} is writing a ${field}`,
  here: (names: readonly string[]) => `Also here: ${listed.format(names)}`,
  more: (count: number) => `+${number.format(count)}`,
  fields: { reply: 'reply', note: 'note' } as Readonly<Record<string, string>>,
};

export const history = {
  title: 'History',
  submitted: 'submitted the ticket',
  described: 'changed the description',
  deleted: 'deleted the ticket',
  assigned: (who: string) => `assigned it to ${who}`,
  claimed: 'took it',
  unassigned: (who: string) => `took it from ${who}`,
  released: 'gave it back',
  changed: (name: string) => `changed the ${name}`,
  from: (value: string) => `from ${value}`,
  to: (value: string) => `to ${value}`,
  replied: 'replied',
  noted: 'left a note',
  actors: { classifier: 'Classifier', database: 'Database' },
  today: 'Today',
  yesterday: 'Yesterday',
  older: 'Load older',
  loading: 'Loading…',
  none: 'Nothing has happened yet.',
  failed: 'The history could not be loaded.',
  retry: 'Retry',
};

/** The first of many tickets by number, and how many more. */
const tickets = (ids: readonly number[]) => {
  const named = ids.slice(0, 5).map((id) => `#${id}`);
  return listed.format(ids.length > 5 ? [...named, `${number.format(ids.length - 5)} more`] : named);
};

export const undo = {
  done: (id: number) => `#${id}: change taken back`,
  doneMany: (count: number) => `${of(count, 'change', 'changes')} taken back`,
  spared: (ids: readonly number[]) =>
    `${tickets(ids)} ${ids.length === 1 ? 'was changed since and stays' : 'were changed since and stay'}.`,
  partly: (id: number) => `#${id}: taken back, but for what others changed since`,
  not: (id: number) => `#${id}: not taken back`,
  since: (who: string, name: string, value: string) => `${who} has set the ${name} to ${value} since.`,
  sinceText: (who: string, name: string) => `${who} has changed the ${name} since.`,
  nothing: 'Nothing to take back',
  givenUp: (ids: readonly number[]) =>
    ids.length === 1
      ? `#${ids[0]}: your change is no longer waiting to be sent`
      : `${number.format(ids.length)} changes are no longer waiting to be sent`,
  failed: (ids: readonly number[]) =>
    `${tickets(ids)}: the ${ids.length === 1 ? 'change' : 'changes'} could not be taken back`,
};

export const outbox = {
  title: 'Waiting to be sent',
  hint: 'Kept in this browser, and sent by itself when the connection is back.',
  open: (count: number) => `${of(count, 'change', 'changes')} waiting: show`,
  none: 'Everything is sent.',
  waiting: 'Waiting',
  sending: 'Sending',
  discard: 'Discard',
  discardOf: (id: number, what: string) => `Discard: #${id}, ${what}`,
  deletes: 'delete',
  claims: 'claim',
  reply: 'reply',
  note: 'internal note',
  set: (name: string, value: string) => `${name}: ${value}`,
  outdated: (count: number) => `${of(count, 'change was', 'changes were')} not sent for a day and dropped`,
  outdatedHint: 'Sent now, they might be carried out twice. Make them again where they still matter.',
  refused: (id: number) => `#${id}: a change made earlier was refused`,
};
