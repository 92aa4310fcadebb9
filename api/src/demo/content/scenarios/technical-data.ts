import { TECHNICAL_DATA_REPLIES } from '../replies/technical-data.js';
import { inCategory } from '../scenario.js';

/** Exports, imports, mails and the mobile apps. */
export const TECHNICAL_DATA = inCategory('technical', [
  {
    priority: 'medium',
    titles: [
      '[CSV|Excel] export of "{report}" [never finishes|times out|fails]',
      'Link to my export of "{report}" is [dead|expired at once]',
      'Export of {many} rows is cut off',
      'Export of "{report}" stops at {percent} %',
    ],
    stories: [
      'The export of "{report}" for {month} runs for {minutes} minutes and then says "Export failed, please try again". I have tried {few} times now.',
      'I start the export, the mail arrives, and its link says "This file is no longer available", {minutes} minutes later.',
      'We export {many} rows on the first of every month. This time the file ends in the middle of row {many2}.',
    ],
    details: ['Export id {ref}.', 'Smaller ranges work: one week yes, one month no.'],
    reason: 'An export does not complete.',
    replies: TECHNICAL_DATA_REPLIES.export,
  },
  {
    priority: 'medium',
    titles: [
      'CSV import skips {count} rows without saying which',
      'Import of {file} rejected: "row {count} is invalid"',
      'Import of {file} created everything twice',
    ],
    stories: [
      'I import {file} with {many} rows. It says "{count} rows skipped", but not which ones and why. Could you look into the log?',
      'The import complains about row {count}. I deleted that row, then it complains about the next one. They look like all the others to me.',
      'After an import that seemed to hang I started it again, and now every contact is there twice. Can you undo the second one?',
    ],
    details: ['File: {file}, UTF-8, separator semicolon.'],
    reason: 'A data import fails or leaves rows out.',
    replies: TECHNICAL_DATA_REPLIES.import,
  },
  {
    priority: 'low',
    titles: [
      'Umlauts and accents broken in CSV export of "{report}"',
      'Export: wrong decimal separator [in Excel|for {country}]',
      'Names look like "MÃ¼ller" in Excel',
    ],
    stories: [
      'When I open the CSV in Excel, "Müller" becomes "MÃ¼ller". In a text editor it is fine, so probably only the mark at the start of the file is missing.',
      'Numbers are exported with a point, Excel in our language wants a comma, and turns 1.204 into a date. An option would be great.',
    ],
    reason: 'A matter of character encoding in exports.',
    replies: TECHNICAL_DATA_REPLIES.encoding,
  },
  {
    priority: 'high',
    titles: [
      'Duplicate {things} since {weekday}',
      'Every new entry appears [twice|three times]',
      '{many} duplicates after the sync',
    ],
    stories: [
      'Since {weekday} each of our {things} is created twice, a second apart, with different ids. Deleting the copy sometimes deletes the original too, so we stopped.\n\nWe now have {many} duplicates. Please stop whatever makes them and help us clean up.',
      'Something creates duplicates in "{project}". {colleague} and I watched one appear while neither of us touched anything.',
    ],
    reason: "Duplicates are created and damage the customer's data.",
    replies: TECHNICAL_DATA_REPLIES.duplicates,
  },
  {
    priority: 'medium',
    titles: [
      'No e-mails from you since {date}',
      'Mails to {domain} end up in [spam|quarantine]',
      'Notification mails arrive {hours} hours late',
    ],
    stories: [
      'Nobody at {domain} has had a notification since {date}. Our mail admin sees no attempt from your servers.',
      'Your mails land in quarantine here: the filter says that the DKIM signature does not verify. It was fine until {weekday}.',
      "Reminders arrive {hours} hours late. I was reminded of the nine o'clock meeting at noon.",
    ],
    details: ['Last one that arrived: {date}, {time}.'],
    reason: 'Notification mails are late or missing.',
    replies: TECHNICAL_DATA_REPLIES.mails,
  },
  {
    priority: 'medium',
    titles: [
      '{app} crashes on start',
      'App closes when I open {thing} ({device})',
      'Crash after updating to {app} on {device}',
    ],
    stories: [
      'Since the update the app closes right after the logo. Reinstalled, restarted the phone, no change. {device}.',
      'It crashes whenever I open {thing} with a picture in it. Without a picture it works. {app} on {device}.',
    ],
    details: ['{app}, {device}. I pressed "send report" each time.'],
    reason: 'The mobile app crashes; the web app works.',
    replies: TECHNICAL_DATA_REPLIES.crash,
  },
  {
    priority: 'high',
    titles: [
      'Changes made offline are lost',
      'App overwrote {hours} hours of work when it came back online',
      'Field team loses entries without signal ({count} cases)',
    ],
    stories: [
      'Our people work on sites without signal. When the phone is back online, what they entered flashes up and is gone. {count} cases since {date}, all with {app}.\n\nThey write on paper again now.',
      'I worked offline on the train for {hours} hours. After connecting, the app said "synced" and showed the state from before. All my notes are gone.',
    ],
    reason: 'Offline changes are lost in the mobile app.',
    replies: TECHNICAL_DATA_REPLIES.offline,
  },
  {
    priority: 'low',
    titles: [
      'Push notifications stopped on {device}',
      'Badge shows {count}, but there is nothing new',
      'No push messages on my {device}',
    ],
    stories: [
      'No push on my {device} since {date}. Everything is allowed in the settings, mails do arrive.',
      'The app icon says {count} unread. I have read everything, marked everything as read, signed out and in. Still {count}. It drives me a little mad.',
    ],
    reason: 'A minor fault with push notifications.',
    replies: TECHNICAL_DATA_REPLIES.push,
  },
  {
    priority: 'low',
    titles: [
      'Profile pictures do not show in {feature}',
      'Thumbnails missing for HEIC photos',
      'Broken images in {feature}',
    ],
    stories: [
      'Instead of profile pictures I see little grey squares in {feature}. After a reload some are there, others not.',
      'Photos from iPhones (HEIC) have no preview. Download works. Would be nice if they showed up like the rest.',
    ],
    reason: 'Images are not shown; nothing is blocked.',
    replies: TECHNICAL_DATA_REPLIES.pictures,
  },
  {
    priority: 'medium',
    titles: [
      'Shared link asks clients to sign in',
      'Public link of "{report}" shows an error',
      'Clients see "link expired" on {report}',
    ],
    stories: [
      'We share "{report}" with clients by link. Since {date} they are asked for a password that does not exist. I made a new link: same.',
      'A client in {city} says our link shows "This page has expired". It is set to never expire. For me it opens, [but I am signed in|maybe because I am signed in].',
    ],
    reason: 'Shared links do not open for outsiders.',
    replies: TECHNICAL_DATA_REPLIES.sharedLink,
  },
]);
