/** What is said at the door, and to whom it is closed. */

export const session = {
  loading: 'Loading Signalbox…',
  unreachable: 'Signalbox cannot be reached',
  unreachableHint: 'It is tried again by itself. Check your connection if this stays.',
  retry: 'Try again',
  noAnswer: 'Signalbox cannot be reached. Try again in a moment.',
  tooMany: (seconds: number) =>
    `Too many tries. Please wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
};

export const roles = { agent: 'Agent', admin: 'Administrator' } as const;

export const door = {
  signIn: 'Sign in',
  signInLead: 'To the desk of your team.',
  email: 'E-mail',
  password: 'Password',
  newPassword: 'New password',
  name: 'Your name',
  nameHint: 'As your colleagues and customers see it.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  capsLock: 'Caps Lock is on',
  signingIn: 'Signing in…',
  signInWith: (provider: string) => `Sign in with ${provider}`,
  or: 'or',
  forgotten: 'Forgotten your password? An administrator can make you a link for a new one.',
  submitInstead: 'Submit a ticket without signing in',
  required: {
    email: 'Enter your e-mail address.',
    password: 'Enter your password.',
    name: 'Enter your name.',
  },
  setUpNeeded: 'This desk has no administrator yet',
  setUpNeededHint:
    'Open the set-up link that the server printed on its console when it was started. ' +
    'It is good for 24 hours; each start prints a new one.',
};

export const newPassword = {
  short: (missing: number) => (missing === 1 ? 'One more character' : `${missing} more characters`),
  long: (most: number) => `At most ${most} characters`,
  tooShort: (least: number) => `Use at least ${least} characters.`,
  enough: 'Long enough',
  better: 'Long: hard to guess',
  rule: (least: number) => `At least ${least} characters. A few words that only you put together are best.`,
};

export const setUp = {
  title: 'Set up Signalbox',
  lead: 'You become the first administrator. You can invite everybody else afterwards.',
  send: 'Set up',
  sending: 'Setting up…',
  missing: 'This page needs the set-up link',
  missingHint:
    'Open the link that the server printed on its console once more. It is in no address bar and no history.',
  spent: 'This set-up link cannot be used any more',
  spentHint:
    'It was used already, or is more than 24 hours old. Where there is no administrator yet, start the server again: ' +
    'it prints a new one on its console.',
};

export const reset = {
  title: 'Choose your password',
  lead: 'You sign in with it from now on. Wherever you are signed in already, you are signed out.',
  send: 'Save password',
  sending: 'Saving…',
  done: 'Your password is saved',
  doneHint: 'Sign in with it now.',
  missing: 'This page needs the link you were given',
  missingHint: 'Open that link once more. If it does not work any more, ask an administrator for a new one.',
  spent: 'This link cannot be used any more',
  spentHint: 'It was used already or is too old. Ask an administrator for a new one.',
};

export const display = {
  title: 'Display',
  opening: 'Opening the board…',
  missing: 'This page needs a display link',
  missingHint: 'Open the link that an administrator made for this screen once more.',
  spent: 'This display link cannot be used',
  spentHint: 'It is not known or was revoked. Ask an administrator for a new one.',
};

export const signedOut = {
  title: 'You were signed out',
  /** What the server says, as a sentence. */
  because: (reason: string) => (/[.!?]$/.test(reason) ? reason : `${reason}.`),
  hint: 'What you have typed and your waiting changes are still here. Sign in to go on.',
  newTab: 'opens a new tab; come back here afterwards',
  leave: 'Leave this page',
};

export const account = {
  menu: 'Account',
  menuOf: (name: string) => `Account of ${name}`,
  submit: 'Submit a ticket',
  account: 'Account',
  administration: 'Administration',
  wall: 'Wall board',
  signOut: 'Sign out',
  signOutFailed: 'You are still signed in',
};

export const leaving = {
  ask: 'Sign out now?',
  hint: (count: number) =>
    `${count === 1 ? 'One change has' : `${count} changes have`} not reached the server yet. ` +
    `${count === 1 ? 'It is' : 'They are'} kept in this browser and sent when you sign in here again.`,
  stay: 'Stay',
};

export const administrators = {
  title: 'For administrators',
  hint: 'This part of the desk is open to administrators only. Ask one of them if you need something changed.',
};
