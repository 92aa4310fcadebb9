import { INCIDENT_REPLIES } from '../replies/incidents.js';
import type { Scenario } from '../scenario.js';

/** Outages: many people write about the same within the hour. */
export const INCIDENTS: readonly Scenario[] = [
  {
    category: 'technical',
    priority: 'critical',
    titles: [
      'Is your service down?',
      '502 Bad Gateway on every page',
      'Nothing loads since {time}',
      '{company}: nobody can get in',
      'Outage? All {seats} of us see "502"',
      'Down again?',
      'Error page instead of my dashboard',
      'App and website both dead',
    ],
    stories: [
      'All pages give "502 Bad Gateway" since about {time}. Your status page is all green.',
      'We cannot reach anything, {seats} people are waiting. Is this known? When will it be back?',
      'Website: 502. {app}: spins for ever. API: 502 as well ({request}).',
      'From {city} nothing loads since {time}. Colleagues in {city2} say the same, so it is not our network.',
      'Our client demo starts in {minutes} minutes and all I get is an error page. Please tell me that you are on it.',
      'Nothing works. Login page, boards, reports, nothing. Please advise.',
    ],
    reason: 'A whole service seems to be down for many users.',
    replies: INCIDENT_REPLIES.outage,
  },
  {
    category: 'technical',
    priority: 'high',
    titles: [
      'E-mail notifications stopped',
      'No mails since {time}',
      'Reminders not sent [today|this morning]',
      'Invitation mails are not delivered',
      'Clients do not get our mails',
      'Are your mail servers down?',
    ],
    stories: [
      'Since {time} not a single mail has reached anyone at {domain}. Usually we get about {count} an hour.',
      'I invited {colleague} and {colleague2}, neither of them has received anything. In the log it says "queued".',
      'Our clients approve offers by mail, and today nobody gets any. {count} offers are waiting.',
      'No reminder mails this morning, so three people missed a meeting. Is there a delay on your side?',
      'Mail log on our side shows no connection from you after {time}. Before that everything was normal.',
    ],
    reason: 'Mail delivery seems to be down for many customers.',
    replies: INCIDENT_REPLIES.mail,
  },
  {
    category: 'account',
    priority: 'critical',
    titles: [
      'Login loop for the whole team',
      'Sign-in sends us back to the sign-in page',
      'Nobody can log in ({company})',
      'SSO: endless redirect since {time}',
      'Logged out and cannot get back in',
      '"Session invalid" for all {seats} users',
    ],
    stories: [
      'Everybody was signed out at {time}, and signing in leads straight back to the sign-in page. {seats} people affected.',
      'Endless redirect between you and {idp} since {time}. Password sign-in does the same.',
      'I type my password, the page flashes, and I am asked for it again. {browser} and {browser2}. Colleagues too.',
      'We are all out: "Session invalid". Those who were signed in on the phone can still work.',
      'Cannot get in, deadline is {deadline}, and half of the office stands at my desk asking. What is going on?',
    ],
    reason: 'Many users cannot sign in.',
    replies: INCIDENT_REPLIES.signIn,
  },
  {
    category: 'billing',
    priority: 'high',
    titles: [
      'Payment page shows an error',
      'Cannot pay: "processor unavailable"',
      'Checkout fails for every card',
      'Payment of {invoice} fails',
      'Card form stays empty',
    ],
    stories: [
      'The payment page says "Payment processor unavailable". Tried two cards and {browser2}.',
      'I wanted to pay {invoice} ({amount}) and the form for the card does not even appear. Will we be locked if it is late because of this?',
      'Checkout ends in an error with every card we have. Started today, {time}. Request {request}.',
      'Upgrade to {plan} fails at the last step. We need the additional seats today, {count} new people are waiting for access.',
    ],
    reason: 'Payments fail for many customers.',
    replies: INCIDENT_REPLIES.payment,
  },
];
