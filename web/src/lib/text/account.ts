import type { Scope } from '#contract/access';

/** What a person's own page says. */

export const account = {
  title: 'Account',
  you: 'You',
  name: 'Name',
  nameHint: 'Shown to colleagues and customers with everything you do.',
  email: 'E-mail',
  role: 'Role',
  fixedHint: 'Only an administrator can change it.',
  noEmail: 'none',
  editName: 'Change name',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  nameSaved: 'Your name is changed',
  nameMissing: 'Enter a name.',
};

export const password = {
  title: 'Password',
  lead: 'Changing it signs you out everywhere else.',
  current: 'Current password',
  next: 'New password',
  change: 'Change password',
  changing: 'Changing…',
  changed: 'Your password is changed',
  currentMissing: 'Enter your current password.',
};

export const everywhere = {
  title: 'Sessions',
  lead: 'Left yourself signed in somewhere? This ends all your sessions, this one too.',
  button: 'Sign out everywhere',
  ask: 'Sign out everywhere?',
  askHint: 'All browsers in which you are signed in are signed out, this one too. Your API tokens go on.',
  confirm: 'Sign out everywhere',
};

export const tokens = {
  title: 'API tokens',
  lead: 'For scripts that work in your name. A token never may do more than you.',
  make: 'New token',
  making: 'Making…',
  create: 'Make token',
  cancel: 'Cancel',
  name: 'Name',
  nameHint: 'What is it for?',
  nameMissing: 'Give it a name.',
  scopes: 'It may',
  scopesMissing: 'Choose at least one.',
  scope: {
    'tickets:read': 'Read tickets, figures and the event feed',
    'tickets:write': 'Submit and change tickets, reply to them',
    admin: 'Administer: people, displays, settings, deletion',
  } satisfies Record<Scope, string>,
  shortScope: {
    'tickets:read': 'read',
    'tickets:write': 'write',
    admin: 'admin',
  } satisfies Record<Scope, string>,
  expiry: 'It ends',
  days: (days: number) => `in ${days} days`,
  never: 'never',
  made: (name: string) => `Copy the token “${name}” now`,
  madeHint: 'It is shown only this once. Whoever has it can act in your name: keep it like a password.',
  secret: 'The token',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select it and copy it by hand.',
  done: 'I have copied it',
  used: 'last used',
  endless: 'never ends',
  neverUsed: 'never used',
  expired: 'expired',
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke ${name}`,
  ask: (name: string) => `Revoke “${name}”?`,
  askHint: 'Scripts that use it stop working at once. It cannot be brought back.',
  confirm: 'Revoke token',
  wasRevoked: (name: string) => `“${name}” is revoked`,
  empty: 'No tokens yet.',
  failed: 'The tokens could not be loaded.',
  retry: 'Retry',
  until: (date: string) => `until ${date}`,
};
