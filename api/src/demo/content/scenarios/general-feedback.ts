import { GENERAL_FEEDBACK_REPLIES } from '../replies/general-feedback.js';
import { inCategory } from '../scenario.js';

/** Wishes, praise, complaints and things that are only worth a line. */
export const GENERAL_FEEDBACK = inCategory('general', [
  {
    priority: 'low',
    titles: [
      'Feature request: {wish}',
      'Idea: {wish}',
      'It would be great to have {wish}',
      'Any plans for {wish}?',
    ],
    stories: [
      'What I miss most is {wish}. Right now we work around it with a spreadsheet, and {colleague} is the only one who understands it.',
      'We use your product every day and like it a lot. One thing would make it perfect for us: {wish}. Is it planned?',
      '+1 for {wish}. I saw the thread in the forum is from [last year|two years ago].',
    ],
    reason: 'A wish for a new feature.',
    replies: GENERAL_FEEDBACK_REPLIES.wish,
  },
  {
    priority: 'low',
    titles: ['Thank you, {agent}!', 'The new {feature}: well done', 'Great support on {weekday}'],
    stories: [
      'No problem for once. {agent} helped me with {thing} on {weekday}, patiently and late in the day. Please pass on my thanks.',
      'The new {feature} is a joy. Whoever did this: well done. You may close this ticket :)',
    ],
    reason: 'Praise; nothing to do.',
    replies: GENERAL_FEEDBACK_REPLIES.praise,
  },
  {
    priority: 'low',
    titles: [
      'Help page about {feature} is out of date',
      'Broken link in the guide to {feature}',
      'Docs of {feature} show the old version',
    ],
    stories: [
      'The help page about {feature} mentions a button "More" that is not there any more. Took me {minutes} minutes to find out.',
      'The link to the guide in the mail about {feature} leads to a 404.',
    ],
    reason: 'Documentation is out of date.',
    replies: GENERAL_FEEDBACK_REPLIES.helpPage,
  },
  {
    priority: 'low',
    titles: [
      'Typo in the {language} version',
      '{feature} half in English, half in {language}',
      '{language}: strange translation of "Archive"',
    ],
    stories: [
      'In {language} the button for "Archive" says something like "File cabinet". Everybody here laughs about it, still you may want to fix it.',
      'I use the app in {language}, and since {date} half of {feature} is in English.',
    ],
    reason: 'A fault in a translation.',
    replies: GENERAL_FEEDBACK_REPLIES.translation,
  },
  {
    priority: 'medium',
    titles: ['{feature} cannot be used with a screen reader', 'Accessibility: focus gets lost in {feature}'],
    stories: [
      'A colleague of mine is blind and uses a screen reader. In {feature} it only says "button, button, button". She cannot do her part of the work without help.',
      'With the keyboard alone I get into the filter of {feature}, but not out of it again. We are a public body and have to offer accessible tools.',
    ],
    details: ['Screen reader: {reader} with {browser}.'],
    reason: 'An accessibility barrier that keeps somebody from working.',
    replies: GENERAL_FEEDBACK_REPLIES.accessibility,
  },
  {
    priority: 'medium',
    titles: [
      'No answer to my ticket for {days} days',
      'Following up on ticket {order}',
      'Is anybody there? My request of {date}',
    ],
    stories: [
      'I wrote to you on {date} about {thing} and got an automatic reply, nothing since. Could somebody at least tell me whether it is being looked at?',
      'Following up on ticket {order}. You said "by {weekday}", which was {days} days ago.',
    ],
    reason: 'A complaint about a missing answer.',
    replies: GENERAL_FEEDBACK_REPLIES.noAnswer,
  },
  {
    priority: 'low',
    titles: [
      'Unsubscribe {email} from the newsletter',
      'Stop the weekly summary for our team',
      'Newsletter again, after {few} attempts to unsubscribe',
    ],
    stories: [
      'I have unsubscribed {few} times and still get the newsletter at {email}. Please take me off for good.',
      'Is there a way to turn off the weekly summary for the whole team? Nobody reads it, and it comes on Monday morning with everything else.',
    ],
    reason: 'Wants fewer mails.',
    replies: GENERAL_FEEDBACK_REPLIES.newsletter,
  },
  {
    priority: 'low',
    titles: [
      'New {feature}: can we have the old one back?',
      'Feedback on the new {feature}',
      'Not happy with the new {feature}',
    ],
    stories: [
      'The new {feature} needs three clicks for what used to be one. Is there a switch back?',
      'Some feedback on the new {feature}, from a team of {seats}: the filters are much better, the spacing is not. We see half as many rows as before.',
    ],
    reason: 'Feedback on a redesign.',
    replies: GENERAL_FEEDBACK_REPLIES.redesign,
  },
  {
    priority: 'low',
    titles: ['Join the beta of {feature}', 'Beta of {feature}: a few notes', 'Early access to {feature}?'],
    stories: [
      'We would like to try {feature} before it is released. {seats} people, mixed devices, and we do write reports when something breaks.',
      'Notes from a week with the beta of {feature}: fast, pretty, forgets the sort order when I come back.',
    ],
    reason: 'Interest in a beta.',
    replies: GENERAL_FEEDBACK_REPLIES.beta,
  },
  {
    priority: 'low',
    titles: [
      'Reseller programme in {country}?',
      'Listing for an add-on by {company}',
      'Becoming a certified partner in {city}',
    ],
    stories: [
      'We are a consultancy in {city} and introduce your product at our clients, {count} so far. Do you have a partner programme?',
      '{company} builds an add-on for {industry}. Whom should we talk to about a listing?',
    ],
    reason: 'An enquiry about a partnership.',
    replies: GENERAL_FEEDBACK_REPLIES.partner,
  },
]);
