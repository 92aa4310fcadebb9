import type { Replies } from './replies.js';

export const TECHNICAL_APP_REPLIES = {
  saving: {
    first: [
      'I can see the errors in our log, all of them for this one project. Nothing that was stored before is lost.',
      'Reproduced, thank you. It fails with anything that has [a long history|a deleted member in it], so it is us and not you.',
    ],
    asks: [
      'Could you send me the request id of the next failure? It saves us an hour.',
      'Does it also happen when you save only the title and leave the text as it is?',
    ],
    notes: [
      'Deadlock between the search index and the save, {technical} is looking at it.',
      'Same stack as the ticket {peer} had on Tuesday. Linking the two.',
      'A field longer than the index allows. Ask {peer} for a quick fix.',
    ],
    solved: [
      'Saving works again: a field had become too long for our index and the whole save was refused. I have saved and reloaded in your project to be sure.',
      'The fix is live. Texts that failed to save are still in the drafts of your browser, so please look there before typing them anew.',
    ],
  },
  blank: {
    first: [
      'Thank you, the console line is worth gold. It points at a screen that we changed in the last release.',
      'I get the same white page with a copy of your settings. It depends on a column that somebody has hidden.',
    ],
    asks: [
      'Which columns are hidden in your view? A screenshot of another screen with the menu will do.',
      'Does it load when you add ?reset to the address?',
    ],
    notes: [
      'Reproduced with a hidden column. {technical}, regression of the last release.',
      'Old service worker keeps asking for chunks that are gone. {peer} knows how to flush it.',
    ],
    solved: [
      'The screen opens again, without you having to do anything. A hidden column had been too much for it.',
      'Fixed and released. If you still see white, close all tabs of ours once; after that the new version is loaded.',
    ],
  },
  slow: {
    first: [
      'I have looked at the timings of your workspace: it is slower than a week ago, and only in the mornings.',
      'It is not your laptop. One of the queries behind that page takes far longer than it should, and I have passed it on.',
    ],
    asks: [
      'Is it as slow with the filter "This month" on?',
      'Roughly how many projects do you have open at the same time?',
    ],
    notes: [
      'Query plan has flipped to a full scan. {technical} adds the index tonight.',
      'A neighbour on the same shard imports every morning. {peer} wants to move them.',
    ],
    solved: [
      'A missing index was added last night. The page that took minutes opens in about two seconds for me now.',
      'Your workspace has been moved to a quieter machine. The figures of this morning look normal, I hope that it feels like it.',
    ],
  },
  upload: {
    first: [
      'The limit on our side is far above that size, so something on the way cuts the upload off.',
      'I see your uploads end at the same byte each time. That smells of a limit rather than of a bad line.',
    ],
    asks: [
      'Does your network have a proxy that scans uploads?',
      'Could you try the same file from a phone without wifi?',
    ],
    notes: [
      'Limit on the new load balancer was left at its default. {technical} raises it today.',
      '413 does not come from us. Told them to ask their IT, waiting.',
    ],
    solved: [
      'A limit on one of our servers was too low; it has been raised. I uploaded a file of twice your size just now.',
      'Large files go through again. Uploads that broke off can be resumed from where they stopped.',
    ],
  },
  search: {
    first: [
      'The index of your workspace is behind, I can see the backlog. Your data itself is complete.',
      'Searching your workspace from here gives the same gap. I am having the index built anew.',
    ],
    asks: [
      'Could you name one more thing that is not found, created before last week if possible?',
      'Does the filter "Archived" change anything?',
    ],
    notes: [
      'Indexer stopped at one broken entry and has retried it ever since. {technical} skips it.',
      'Rebuild takes about forty minutes, started.',
    ],
    solved: [
      'The index has caught up, and the project is the first result when I search for it.',
      'Search is complete again. One broken entry had held up everything behind it, and that cannot happen any more.',
    ],
  },
  timeZone: {
    first: [
      'That looks like a date that is treated as midnight in one place and shown in another. I can follow it with your two cities.',
      'Thank you for comparing the views, it narrows it down a lot. The report works in UTC where it should take your zone.',
    ],
    asks: [
      'Which time zone is set for the workspace, as opposed to your profile?',
      'Were these dates typed in, or imported?',
    ],
    notes: [
      'Report ignores the zone of the workspace since the clock change. {technical} has a branch.',
      'Dates from imports carry a time, typed ones do not. {peer}, is there a plan for that?',
    ],
    solved: [
      'Dates are dates again, wherever one looks from. Those that were stored with a time have been corrected.',
      'The report takes the zone of your workspace now. Sums of past months do not change, only the hours shown.',
    ],
  },
  dataLoss: {
    first: [
      'Please do not enter anything there for the moment. I have stopped all clean-up jobs of your workspace, so nothing can be overwritten while we look.',
      'I know what this means for you. We have backups of every five minutes for the last week, and I have just asked for yours to be set aside.',
    ],
    asks: [
      'Which two projects were merged, and who pressed the button? It is only to find the entry in the log.',
      'Can you tell me one entry that is missing, with a name or a number in it?',
    ],
    notes: [
      'Entries exist, they point to the project that was merged away. {technical} writes the repair, I read along.',
      'Backup of 20 minutes before the merge is restored beside it. {peer} compares counts.',
      'They bill on Friday. Update them every hour, please.',
    ],
    solved: [
      'Everything is back. The entries had lost their project in the merge and were never deleted; I compared the counts with the backup, they agree to the last one.',
      'Restored from the backup of minutes before. Please look through it, and keep this ticket open in your mind for a day: I will check once more tomorrow.',
    ],
  },
  totals: {
    first: [
      'I have added up the entries myself and get your figure, so it is the report that is wrong.',
      'Please send the sum of the single entries to your clients for now, that one is right. I am finding out what the report counts in addition.',
    ],
    asks: [
      'Are there entries without a rate in that month?',
      'Do you use rounding to quarter hours in that project?',
    ],
    notes: [
      'Archived projects counted since the last release, {technical} confirms.',
      'Rounds per line, then again for the sum. {peer} please decide which one we keep.',
    ],
    solved: [
      'Corrected. I ran the report for the last six months and compared each with the entries: no difference left.',
      'The report and the entries agree again. Archived projects had been counted twice, and the sums of the past weeks are corrected as well.',
    ],
  },
  editor: {
    first: [
      "I can feel it too with a text of that length. The spell checker and our own highlighting get in each other's way.",
      'The jumping cursor is a bug that we thought dead. I am glad that you describe when it happens.',
    ],
    asks: [
      'Does it get better when you switch off the spell checker of the browser for our page?',
      'About how long are the texts, in pages?',
    ],
    notes: [
      'Reproduced with four pages and two people. {technical}, recording is attached.',
      'Looks like the old selection bug, {peer} fixed it once already.',
    ],
    solved: [
      'Long texts are quick again: highlighting only looks at what is on the screen.',
      'The cursor stays where it is now, also when somebody else saves. Please reload once to get the new editor.',
    ],
  },
  print: {
    first: [
      'I printed the same report here and miss the same column. It happens as soon as the names are long.',
      'You are right, that looks untidy. The paper size is taken from the server and not from you.',
    ],
    asks: ['Do you print on A4 or on Letter?', 'Could you send me the PDF, so that I see the same fonts?'],
    notes: [
      'Not urgent, but {peer} says that it is a two-line change.',
      'Third one about PDFs this month. Collecting them for {technical}.',
    ],
    solved: [
      'The last column is back and logos keep their shape. It will look right with the next PDF you make.',
      "Mended in this week's release. I have made your PDF once more to see for myself.",
    ],
  },
  looks: {
    first: [
      'Thank you for the details, I can see it on my own screen. Guessing should not be part of the work.',
      'That slipped through when we changed the colours. I have added your device to those we check.',
    ],
    asks: [
      'Is the contrast setting of your system switched on?',
      'Could you send a screenshot? One picture beats three of my guesses.',
    ],
    notes: [
      'Contrast is 2.1 there, should be 4.5. {peer} has the palette open anyway.',
      'Only with a display scaling of 125 %. Told {technical}.',
    ],
    solved: [
      'The headings are readable now, in both themes. Thank you for noticing.',
      "Fixed in today's release: what opens stays in front of the header.",
    ],
  },
  shortcuts: {
    first: [
      'Small things that one does all day are not small. I could repeat it at once.',
      'I can repeat it: the page does not have the focus after loading, so it never hears your keys.',
    ],
    asks: [
      'Does it matter whether you open the page by a link or from the menu?',
      'Which keyboard layout do you use?',
    ],
    notes: [
      'Undo takes the last card *shown*, not the last one moved. {technical}, easy one.',
      'Focus goes to the banner, which is invisible. Ha.',
    ],
    solved: [
      'Undo brings back what you moved last, and shortcuts work from the first moment on.',
      'Done, you should not have to click into the page first any more.',
    ],
  },
  timer: {
    first: [
      'I can see two stops for one start in your log, from two tabs. Which one won was a matter of luck.',
      'Your hours can be corrected, and I would rather do that from here than have you do it every day.',
    ],
    asks: [
      'Do you use the desktop app besides the browser?',
      'On which days was it wrong? I will correct them in one go.',
    ],
    notes: [
      'Stop from a sleeping tab arrives hours later and restarts the timer. {technical} has it in a test.',
      'Corrected eleven entries by hand, {peer} please check one or two.',
    ],
    solved: [
      'The timer now lives on the server, and all tabs show the same one. The wrong hours have been corrected.',
      'Repaired: closing the laptop stops nothing and starts nothing. Your timesheet of the past two weeks is right again.',
    ],
  },
} as const satisfies Record<string, Replies>;
