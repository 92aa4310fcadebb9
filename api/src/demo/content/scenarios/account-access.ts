import { ACCOUNT_ACCESS_REPLIES } from '../replies/account-access.js';
import { inCategory } from '../scenario.js';

/** Signing in, passwords and second factors. */
export const ACCOUNT_ACCESS = inCategory('account', [
  {
    priority: 'high',
    titles: [
      "Can't log in after password reset",
      'New password is not accepted',
      'Locked out of my account since {date}',
    ],
    stories: [
      'I reset my password, the page said "done", and the new one does not work. Neither does the old one. I have a presentation on {deadline} and everything is in there.',
      'Since the reset I get "Invalid e-mail or password", with a password that I copied from my password manager. Same in {browser} and {browser2}.',
    ],
    details: ['My address is {email}.'],
    reason: 'A user cannot sign in after resetting the password.',
    replies: ACCOUNT_ACCESS_REPLIES.afterReset,
  },
  {
    priority: 'medium',
    titles: [
      'Password reset mail [does not arrive|never comes]',
      'Reset link says "already used"',
      'No reset link for {email}',
    ],
    stories: [
      'I asked for a reset link {few} times. Nothing arrives, nothing in spam. Other mails from you do come through.',
      'The link in the reset mail says "already used" on the very first click. I suspect that our mail scanner opens it before I can.',
    ],
    reason: 'The password reset does not work for a user.',
    replies: ACCOUNT_ACCESS_REPLIES.resetMail,
  },
  {
    priority: 'high',
    titles: [
      'Lost my phone, no access to 2FA codes',
      'New phone: authenticator codes are gone',
      '2FA code is always "invalid"',
    ],
    stories: [
      'My phone was stolen in {city} on {weekday} and the authenticator went with it. I never printed the recovery codes (I know). How can I prove that I am me?',
      'I got a new phone and the codes were not moved. I am the only admin of our workspace, so nobody here can reset it for me.',
      'Every code is rejected as invalid. The clock of the phone is right. Recovery codes give "unknown error".',
    ],
    reason: 'A user has lost the second factor and is locked out.',
    replies: ACCOUNT_ACCESS_REPLIES.secondFactor,
  },
  {
    priority: 'critical',
    titles: [
      'SAML error for all {seats} users since {time}',
      'SSO broken: nobody at {company} can sign in',
      'Everyone locked out after certificate change',
    ],
    stories: [
      'Since {time} none of our {seats} users can sign in. After our identity provider they land on "SAML response invalid: signature".\n\nWe rotated the certificate on {date} and uploaded the new one to you the same day. Please call me or answer here, I am watching this ticket.',
      'SSO is down for our whole company. Error: "Audience does not match". Nobody changed anything on our side. We cannot work, there is no other way in because passwords are switched off.',
    ],
    details: ['Identity provider: {idp}. Request {request}, {time}.'],
    reason: 'A whole company cannot sign in through SSO.',
    replies: ACCOUNT_ACCESS_REPLIES.sso,
  },
  {
    priority: 'medium',
    titles: [
      'Locked for 24 hours, [please|can you] unlock {email}',
      'Who is trying to sign in as me?',
      'Account locked after too many attempts',
    ],
    stories: [
      'My account is locked "for 24 hours" after too many attempts. It was my own fault (caps lock). Could you open it earlier? I have to send something by {deadline}.',
      'It says too many attempts, but I was on holiday. Please unlock {email} and tell me where the attempts came from.',
    ],
    reason: 'An account is locked after failed attempts.',
    replies: ACCOUNT_ACCESS_REPLIES.locked,
  },
  {
    priority: 'medium',
    titles: [
      'Signed out every few minutes',
      'Have to log in again and again',
      '"Your session has expired" {count} times a day',
    ],
    stories: [
      'I am signed out about every {minutes} minutes, in the middle of typing. It started on {date}. {colleague} at the next desk has no such trouble.',
      'Each time I open a second tab, the first one says "Your session has expired". {browser}, cookies are allowed, no extensions.',
    ],
    reason: 'Sessions end too early for a user.',
    replies: ACCOUNT_ACCESS_REPLIES.sessions,
  },
  {
    priority: 'critical',
    titles: [
      'Suspicious sign-in from {country}',
      'Account taken over? Mail address was changed',
      'Somebody else is in our account ({ip})',
    ],
    stories: [
      'I was told about a sign-in from {country}, {ip}, at {time}. That was not me, I have never been there. Since then {count} projects have been shared with an address I do not know.\n\nPlease end all sessions and freeze the account.',
      'The e-mail address of our admin account was changed tonight, not by us. We cannot get in any more, and whoever did it can see all our client data.',
    ],
    details: ['IP address: {ip}'],
    reason: 'A possible account takeover.',
    replies: ACCOUNT_ACCESS_REPLIES.takeover,
  },
  {
    priority: 'low',
    titles: [
      'Move {count} users to @{domain}',
      'New surname, new address',
      'Change our {count} addresses to the new domain',
    ],
    stories: [
      'We have a new domain. Can all {count} of our addresses be changed to @{domain} in one go, without new invitations?',
      'I got married and have a new name and address. When I change it in my profile it says "address already in use", probably from an old invitation.',
    ],
    reason: 'A change of e-mail addresses.',
    replies: ACCOUNT_ACCESS_REPLIES.newDomain,
  },
  {
    priority: 'low',
    titles: [
      'Invite for {colleague} does not work',
      '{count} invitations lead to "not found"',
      'Cannot resend invitation to {colleague}',
    ],
    stories: [
      'I invited {colleague} on {date} and the link is dead now. "Resend" is greyed out. How do I send a fresh one?',
      '{count} of our new people say their invitation leads to "not found". They got it {days} days ago. The others are in.',
    ],
    reason: 'Invitations have expired and must be sent again.',
    replies: ACCOUNT_ACCESS_REPLIES.invitation,
  },
]);
