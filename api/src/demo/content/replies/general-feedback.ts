import type { Replies } from './replies.js';

export const GENERAL_FEEDBACK_REPLIES = {
  wish: {
    first: [
      'Thank you for writing how you work around it, this is what our product people want to know most. I have added your voice to the wish.',
      'You are not alone with that: it is among the twenty most wanted. I cannot promise a date, and would rather say so.',
    ],
    asks: [
      'How often would you use it, every day or once a month?',
      'Would half of it help already? If so, which half?',
    ],
    notes: [
      'Added to the list, {peer} keeps the count.',
      'Product says "next half year, maybe". Do not promise it.',
    ],
    solved: [
      'Your wish is on the list, and you get a mail when something happens with it. I close this here, not the wish.',
      'It is being looked at for the coming half year. I have put you on the list of people we ask before building it.',
    ],
  },
  praise: {
    first: [
      'You have made our day! I have passed it on and read it out at the coffee machine.',
      'Thank you so much. We mostly hear when something is broken, so this goes on the wall.',
    ],
    asks: [
      'May we quote you, with or without your name?',
      'Is there one thing about it that you would still change?',
    ],
    notes: ['For the wall :) {peer}, look!', 'Nothing to do. Nice.'],
    solved: [
      'Thanks again, also in the name of all who worked on it.',
      'As you suggest, I close it with a smile.',
    ],
  },
  helpPage: {
    first: [
      'You are right, the page shows the version from spring. Sorry for the minutes lost.',
      'I clicked it and landed in the same nowhere. The page has moved and nobody told the link.',
    ],
    asks: [
      'Was there anything else on that page which did not fit?',
      'Did you find what you were looking for in the end?',
    ],
    notes: [
      'Page corrected, waiting for {peer} to publish.',
      'Screenshots are old as well. Making new ones.',
    ],
    solved: [
      'The page is up to date, screenshots included.',
      'The link leads where it should, and the old address forwards to it.',
    ],
  },
  translation: {
    first: [
      'Ha, "File cabinet" is lovely, but no. I have passed it to our translators.',
      'Half and half is how it looks when a release is faster than the translation. I am checking which texts are missing.',
    ],
    asks: [
      'What would be the natural word for you?',
      'Could you send a screenshot? Then the translator sees the context.',
    ],
    notes: [
      '{peer} speaks it, could you read over the new texts?',
      'Missing keys listed, 23. Translators have them.',
    ],
    solved: [
      'The better word is in since today. Should it still make somebody laugh, do tell.',
      'All texts are translated now. A reload will show them.',
    ],
  },
  accessibility: {
    first: [
      'Thank you for writing, and please tell your colleague that we take it seriously. I tried it with a screen reader and did not get further either.',
      'You describe a real barrier, not a wish. I have entered it as a fault, with the priority of one.',
    ],
    asks: [
      'Would your colleague be willing to try a version before it is released?',
      'Is there another part of the product where it is as bad?',
    ],
    notes: [
      'Buttons have no names at all in that view. {technical} starts today.',
      'Focus trap confirmed. {peer}, the audit last year had it too.',
    ],
    solved: [
      'Every button has a name and the focus finds its way out again. We tried it with two screen readers and without a mouse.',
      'The new version is live. If something is still in the way, please write to me directly; it will be looked at first.',
    ],
  },
  noAnswer: {
    first: [
      'You are right to complain, that was too long. I have found your request and keep it with me until it is done.',
      'I am sorry. Your message had been put to a group that nobody looked after. It is on my desk now.',
    ],
    asks: [
      'Is it still the same, or has anything changed since you wrote?',
      'When can I reach you by phone tomorrow?',
    ],
    notes: [
      'Found the old one in the spam queue. {peer}, who looks after that?',
      'Promised an update today, please remind me.',
    ],
    solved: [
      'Your first request is answered and solved. Thank you for your patience, which we had not earned.',
      'All open points are done. I have also made sure that requests of that kind reach a human from now on.',
    ],
  },
  newsletter: {
    first: [
      'I have taken the address off by hand. There are two lists, and the link in the mail only knew one.',
      'The weekly summary can be switched off for everybody, by an admin, under Notifications.',
    ],
    asks: ['Do you still want to hear about maintenance?', 'Is there another address of yours on the list?'],
    notes: [
      'Two lists, one link. {peer} please tell marketing, again.',
      'Summary off for the workspace, confirmed by their admin.',
    ],
    solved: [
      'You are off both lists, for good. This was the last mail, apart from this one.',
      'The summary is off for all of your team. Mondays should be calmer now.',
    ],
  },
  redesign: {
    first: [
      'Thank you for not just saying "bad". Three clicks for one is a fair point, and I have passed it on with your words.',
      'There is no switch back, but there is one for density: it gives you the old spacing.',
    ],
    asks: ['What is the one thing you do most often in it?', 'How large is the screen that your team uses?'],
    notes: [
      'Product collects these, {peer} has the sheet.',
      'Density switch is new since Tuesday, nobody knows it.',
    ],
    solved: [
      'Your feedback was read by those who built it, and two of your points are planned. Thank you.',
      'With "Compact" in the view menu you see about as many rows as before. The third click goes away with the next release.',
    ],
  },
  beta: {
    first: [
      'Welcome! People who write reports are exactly the ones we look for.',
      'Thank you for the notes. "Forgets the sort order" is new to us and already on the list.',
    ],
    asks: [
      'Which devices do you have? We lack people with older tablets.',
      'Shall everybody get it, or a few first?',
    ],
    notes: ['{peer} runs the beta, added them.', 'Sort order bug confirmed, filed under beta.'],
    solved: [
      'The beta is switched on for your workspace; there is a button to send notes from within.',
      'The sort order is remembered in the new build. Keep them coming!',
    ],
  },
  partner: {
    first: [
      'Thank you for thinking of us. There is a programme, and I have passed your message to those who run it.',
      'Add-ons are listed after a short review. I can tell you what is looked at.',
    ],
    asks: [
      'How many of your clients use it already?',
      'Is there somebody for technical questions on your side?',
    ],
    notes: [
      'Forwarded to partnerships, they answer within the week.',
      '{peer} knows them from the fair, seems serious.',
    ],
    solved: [
      'Our partner team has written to you and takes it from here.',
      'You have the papers for the review. Your contact is named in them.',
    ],
  },
} as const satisfies Record<string, Replies>;
