import type { Replies } from './replies.js';

export const GENERAL_QUESTIONS_REPLIES = {
  bulk: {
    first: [
      'There is, though well hidden: in the list view, select the first, hold Shift, select the last, and press E.',
      'The menu on top only shows what is possible for all that is selected. With things of one kind you get the full one.',
    ],
    asks: ['Are they all in one project?', 'Would you like to shift the dates, or set the same one for all?'],
    notes: [
      'Does Shift selection work on the board as well, {peer}?',
      'Another one who did not find the E key. Told {technical}.',
    ],
    solved: [
      'I have changed them for you in one go, as you described; undo is possible until tonight.',
      'With the list view it should take half a minute. There is a short film about it in the help, under "Many at once".',
    ],
  },
  archive: {
    first: [
      'For what you want it is "Archive". Reports have a switch "Include archived" which is on unless somebody changed it.',
      'In short: closed means done but in sight, archived means out of sight. Hours count in both.',
    ],
    asks: ['Do you still want to book hours on it now and then?', 'Is it one project or a whole folder?'],
    notes: [
      'Help page really does go round in circles. {peer}, may I rewrite it?',
      'Checked with {technical}: hours of archived projects stay in all reports.',
    ],
    solved: [
      'It is archived, and I checked that its hours are still counted. You find it again under Projects, "Archived".',
      'I have rewritten the help page so that it says what each of them does. You were its first reader.',
    ],
  },
  security: {
    first: [
      'Gladly. Much of it is in our security pack; what is left I will have filled in by our security team.',
      'The audit report is available under a non-disclosure agreement that can be signed online in a minute.',
    ],
    asks: [
      'Is a reply in your own template needed, or does our standard one do?',
      'Who will sign on your side, with name and title?',
    ],
    notes: [
      "Asked security for the questionnaire; they need two days. {peer} has last year's answers.",
      'Agreement is signed, report may be sent.',
    ],
    solved: [
      'You have the filled-in questionnaire, the agreement and the list of subprocessors. I wish you a short committee meeting.',
      'All papers have been sent, signed. The list of subprocessors has a feed for changes, which your team may like.',
    ],
  },
  residency: {
    first: [
      'There is a page that you can pass on, and I add the two sentences that clients mostly ask for.',
      'Your workspace lives in the region that was chosen when it was made; backups stay in the same one.',
    ],
    asks: [
      'Is it about the data only, or also about who may access it?',
      'Would a planned downtime of an hour be all right for a move?',
    ],
    notes: [
      'Region is Frankfurt, support access from elsewhere only with consent. {peer} confirms.',
      'Move of region is possible on Enterprise only. Asked sales.',
    ],
    solved: [
      'You have the link and a signed statement about your workspace. It names the region and all copies.',
      'In short: new workspaces can choose, existing ones can be moved by us. I have noted your wish and a date.',
    ],
  },
  training: {
    first: [
      'There are live sessions every other Thursday and recordings of all of them. For groups we make one of your own.',
      'Glad that it was liked! The recording is cut and goes online within days.',
    ],
    asks: ['In which time zone are your people?', 'What will they mostly do: plan, track time, or both?'],
    notes: [
      '{peer} would give the session, an hour, next week.',
      'Link to the recording is not public yet. Asked marketing.',
    ],
    solved: [
      'The session is booked, the invitation has all that your people need. Bring questions!',
      'You have the link to the recording and to the two that came before it.',
    ],
  },
  migration: {
    first: [
      'That can be done. Comments and attachments come along with our migration tool, which is not the importer you have tried.',
      'Plan about an hour for each hundred thousand tasks. People can go on working, the changes of that time are brought over at the end.',
    ],
    asks: [
      'Could you send me a small export as a sample, ten tasks are enough?',
      'Which weekend do you have in mind?',
    ],
    notes: [
      '{peer} has done one of these in spring and has the checklist.',
      'Sample imported well, only mentions are lost. Asked {technical} whether that can be mended.',
    ],
    solved: [
      'The trial run is in a workspace of its own: please look through it. The real one is set for your weekend, with one of us on call.',
      'Everything is over, comments and files included. The report lists eleven things to look at, all small.',
    ],
  },
  planLimits: {
    first: [
      'With your numbers the plan will do. The first limit that you would meet is storage, not projects.',
      'Good question, and the comparison page should answer it. I have the numbers here.',
    ],
    asks: [
      'How much does it grow in a year, roughly?',
      'Do you need guests? They are counted differently between plans.',
    ],
    notes: [
      'Storage is missing on the page, told {peer}.',
      'Could use a call with sales, but they only want a number. Gave them the number.',
    ],
    solved: [
      'I have written down the limits for your case, with what happens at each. You can change plans at any time, upwards at once.',
      'To sum up: stay with the smaller plan and add storage when it is needed. It is the cheaper way for you.',
    ],
  },
  status: {
    first: [
      'There is a feed, and a ready-made app for most chats. Both tell of maintenance and of trouble.',
      'The maintenance touches the web app only; the API answers throughout, a bit slower maybe.',
    ],
    asks: [
      'Do you want all regions or only yours?',
      'Can your job try again after a minute, should one call fail?',
    ],
    notes: [
      'Checked with {technical}: API is not affected.',
      'Banner text could say that. {peer} changes it.',
    ],
    solved: [
      'The address of the feed is in my mail. In a channel, "/feed subscribe" with that address does it.',
      'You need not change anything: your job can run as always. The banner says so too, since today.',
    ],
  },
  hours: {
    first: [
      'We are here from eight to seven on workdays, and around the clock for whatever stops a whole team.',
      'Mornings are quiet because some of us start later, not because nobody reads. There is a number for emergencies.',
    ],
    asks: ['When do your people need us most?', 'Shall I have somebody call you and explain the options?'],
    notes: [
      'Telephone is in Enterprise only. {peer}, was there not an add-on?',
      'Third question about hours from that side of the world.',
    ],
    solved: [
      'I have sent you the hours in your own time, and how to mark something as an emergency.',
      'With the add-on you get a number and an answer within 30 minutes. The offer is in your inbox, without obligation.',
    ],
  },
  templates: {
    first: [
      'The gallery shows the popular ones first. There are more, and some from people in your line of work.',
      'What a nice offer. Templates from customers are welcome, we only look that no real names are in them.',
    ],
    asks: ['What does a typical job look like for you, in five steps?', 'Under which name should it appear?'],
    notes: [
      '{peer} collects templates for the gallery, sent it over.',
      'There is a private one from another customer, asked whether they would share it.',
    ],
    solved: [
      'I have put two templates into your workspace to choose from. Change them as you like, they are yours.',
      'It is in the gallery, under your name. Thank you for sharing it!',
    ],
  },
  thesis: {
    first: [
      'What a good topic! Screenshots are fine as long as you name us and no real people are on them.',
      'We have free workspaces for students, API included, for half a year at a time.',
    ],
    asks: [
      'Which university is it, and when do you hand in?',
      'Could you write once from your university address?',
    ],
    notes: [
      'Asked marketing about the screenshots, they are happy.',
      'Student workspace, {peer} please set it to six months.',
    ],
    solved: [
      'You have our permission in writing. We would love to read the thesis when it is done.',
      'Your workspace is ready and stays free until the end of your project. Good luck!',
    ],
  },
} as const satisfies Record<string, Replies>;
