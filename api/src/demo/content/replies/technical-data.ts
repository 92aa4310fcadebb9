import type { Replies } from './replies.js';

export const TECHNICAL_DATA_REPLIES = {
  export: {
    first: [
      'I can see your exports in the queue, they were killed for taking too long. I have started one without that limit.',
      'The data is fine, it is the export job that gives up. Let me make the file for you while we look why.',
    ],
    asks: [
      'Would it help to get the file in parts, one per week?',
      'Do you need all columns? Two of them are slow to work out.',
    ],
    notes: [
      'Job runs out of memory at the same row each time. {technical} looks at that row.',
      'Exported by hand from the replica, file is in the shared folder.',
    ],
    solved: [
      'Your file is ready and complete, I compared the number of rows. The next export will run through by itself.',
      'Exports of that size work again: they are written piece by piece now, and the link stays valid for a day.',
    ],
  },
  import: {
    first: [
      'I have your file and the log of the import side by side. The message could really say more.',
      'The rows that were refused look fine to the eye, but some contain a [hard space|line break] within a cell.',
      'Please leave the list as it is for the moment: I can see both imports and take back the second one as a whole.',
    ],
    asks: [
      'Which program did the file come from?',
      'May I take back the import and run it again with a repaired file?',
    ],
    notes: [
      'Non-breaking spaces in the e-mail column. {peer} has a script for that.',
      'Import started twice because the first seemed to hang. Undo is safe, nothing was changed since.',
    ],
    solved: [
      'All rows are in, each of them once. I also sent you the list of those that were refused at first, with the reason.',
      'The rows are in. What looked like spaces were line breaks within cells, which we now simply take out.',
      'The second import has been taken back and what remained is complete. From now on the page names the rows that it skips.',
    ],
  },
  encoding: {
    first: [
      'You found it yourself: Excel wants a mark at the start of the file which we do not write.',
      'The file is correct, and Excel reads it wrongly, which of course does not help you. There is a way around it.',
    ],
    asks: ['Which language is your Excel in?', 'Would a real .xlsx instead of CSV be an option for you?'],
    notes: [
      'There is a hidden option for this, {peer} can turn it on per workspace.',
      'Wish no. 14 for "CSV for Excel". Adding my vote, {technical}.',
    ],
    solved: [
      'The export dialogue has an option "For Excel" in your workspace now: umlauts, commas and dates come out right.',
      'I have switched the format for your workspace. Please make the export once more, it opens as it should here.',
    ],
  },
  duplicates: {
    first: [
      'I have paused the sync that makes them, so nothing new should be doubled from now on. Please do not delete any by hand yet.',
      'Thank you for stopping. The copies have the same origin id, which means that we can tell them from the originals without guessing.',
    ],
    asks: [
      'Was an integration added or connected again around that time?',
      'Is there anybody who edited copies since? Those I would look at one by one.',
    ],
    notes: [
      'Two workers answer the same message. {technical} has taken one out.',
      'Clean-up script tried on a copy, {peer} compared: 0 originals touched.',
      'Customer wants to see the list first, sent it.',
    ],
    solved: [
      'All copies are gone, the originals untouched, and the cause has been taken out. You have the list of what was removed.',
      'Cleaned up. A message had been handled twice after a restart; now the second time is simply ignored.',
    ],
  },
  mails: {
    first: [
      'Our mail log for {domain} shows deliveries that are put off again and again. I am looking at why.',
      'Thank you for asking your mail admin, that saves us a round. Our side says "deferred", and this is what I follow now.',
    ],
    asks: [
      'Could you send the headers of one mail that did arrive?',
      'Does your filter have a quarantine report for the last days?',
    ],
    notes: [
      'DKIM key was rotated, DNS has the old one in one region. {technical} is on it.',
      'Their server limits us to ten mails a minute since a week. Writing to their admin.',
    ],
    solved: [
      'Mails to {domain} flow again and pass all checks. Those of the past days have been sent once more where it still made sense.',
      'A stale key in our DNS was the cause. I have sent a test that arrived within four seconds.',
    ],
  },
  crash: {
    first: [
      'Your crash reports have arrived, thank you for pressing that button. All of them end in the same line.',
      'I can make it crash here with a picture that is turned on its side. The web version is safe in the meantime.',
    ],
    asks: ['How much free space is left on the phone?', 'Does it also happen without a network?'],
    notes: [
      'Crash group has 40 devices since the update. {technical} prepares a hotfix.',
      'Only with pictures wider than 8,000 pixels, {peer} has a sample.',
    ],
    solved: [
      'The new version is in the store and starts on the devices that we know to have crashed. Please update and tell me if yours does not.',
      'Fixed: very large pictures are made smaller before they are opened. Nothing in the app was lost.',
    ],
  },
  offline: {
    first: [
      'Please do not sign out or reinstall on the phones concerned: what was entered is very likely still in there.',
      'That must not happen, and I am sorry about the paper. I have asked for the sync log of your workspace.',
    ],
    asks: [
      'Could one of you send a report from the app, under Help, while still offline?',
      'Were the same entries changed by somebody in the office at the same time?',
    ],
    notes: [
      'Server wins although the phone is newer, when the clock of the phone is wrong. {technical} confirms.',
      'Recovered entries from two phones. {peer}, can we take them over without asking each person?',
    ],
    solved: [
      'We recovered what was entered offline and put it back. The new version asks instead of overwriting when both sides have changed.',
      'The entries are back in your projects, marked "recovered". The cause was the clock of the phones, on which we do not rely any more.',
    ],
  },
  push: {
    first: [
      'I can see that your phone has not fetched its messages since then. There is a key for push that sometimes goes stale.',
      'A badge that never goes away would drive me mad as well. The count comes from something that you can no longer see.',
    ],
    asks: [
      'Is a battery saver on, or a focus mode?',
      'Which number does the web version show at the same moment?',
    ],
    notes: [
      'Unread comment in an archived project, that is the count. {peer}, known?',
      'Push token refused since the OS update. New one when they sign in again.',
    ],
    solved: [
      'You should have received a test message a minute ago. Your phone has a fresh key now.',
      'The badge is at zero: it counted comments in archived projects. Peace at last, I hope.',
    ],
  },
  pictures: {
    first: [
      'The pictures are there, their small versions are not. I have asked for them to be made anew.',
      'Grey squares here too. The server that makes previews has been refusing some since the weekend.',
    ],
    asks: [
      'Could you send me one of the photos as it came from the phone?',
      'Is it the same in a private window?',
    ],
    notes: [
      'Preview service is out of disk, {technical} knows.',
      'HEIC is on the list for next month, told them.',
    ],
    solved: [
      'Previews have been made for all pictures of the last weeks, also for HEIC. A reload shows them.',
      'The pictures are back. The service that makes the small ones had run full.',
    ],
  },
  sharedLink: {
    first: [
      'I opened your link without being signed in and was asked for a password too, so your clients are right.',
      'Thank you for testing it with a new one. The link is fine, a setting above it has changed.',
    ],
    asks: [
      'Did an admin switch on "Links for members only" lately?',
      'Could you send me the link itself? I will not share it further.',
    ],
    notes: [
      'Default for links was changed in the last release, existing ones should have been left alone. {technical}!',
      'Works with the short link, not with the long one. {peer}?',
    ],
    solved: [
      'Links that were public are public again, without new addresses. Your client should get in right away.',
      'Repaired. I opened it from a phone that has never been signed in, and it shows the report.',
    ],
  },
} as const satisfies Record<string, Replies>;
