import type { Replies } from './replies.js';

export const INCIDENT_REPLIES = {
  outage: {
    first: [
      'Yes, it is us. Our engineers are on it and the status page is being updated while I write.',
      'You are not alone: all regions are affected [at the moment|right now]. I will write again as soon as I know more.',
      'We know about it and are working on it. Your data is safe, it is only the way to it that is blocked.',
      'Confirmed, this is an outage on our side. There is nothing you need to do or try.',
      'I am sorry. One of our load balancers answers for services that are not there; it is being taken out.',
    ],
    asks: [
      'Do you see the error in the app as well, or in the browser only?',
      'Does a reload get you through now and then? That would tell us something.',
    ],
    notes: [
      'Part of the outage, see the channel. {technical} leads.',
      'Grouped with the others, one answer for all when it is over.',
      'Big customer, call them. {peer}?',
    ],
    solved: [
      'Everything is up again since a few minutes. A report about what happened follows [tomorrow|this week].',
      'The service is back to normal. Please reload once; if something is odd after that, write to me.',
      'It is over. A faulty update of our load balancers was the cause, and it has been taken back.',
      'We are back, and I am sorry about the timing. The report will be on the status page.',
    ],
  },
  mail: {
    first: [
      'Mails are being delayed on our side, for all customers. They are kept in a queue, none is lost.',
      'We know: our mail provider has trouble since this morning. We are moving to the second one.',
      'I see your mails in the queue. They will go out by themselves, [in order|oldest first], once it moves.',
      'Confirmed. Until mails flow again, everything is also shown under the bell within the app.',
    ],
    asks: [
      'Is there one that must not wait? I can send single ones by hand.',
      'Do password mails arrive? They take another way.',
    ],
    notes: [
      'Queue stands at 40,000. {technical} switches providers.',
      'Same cause as the others of the last hour.',
      'Promised to send their offers by hand, {peer} can you help?',
    ],
    solved: [
      'The queue is empty, everything has been delivered with some delay. Reminders that had become pointless were left out.',
      'Mails flow again. Yours went out a few minutes ago, I checked the last one.',
      'We have switched to another provider and caught up. Thank you for your patience.',
      'Delivered! Should one be missing, tell me the address and I will look it up.',
    ],
  },
  signIn: {
    first: [
      'It is on our side: sign-in runs in circles for many since a release a short while ago. It is being taken back.',
      'We see it too and are on it. Whoever is still signed in should stay so for the moment.',
      'Nothing is wrong with your passwords or your provider. Please do not reset anything, it would not help.',
      'Confirmed for all customers with your kind of sign-in. I will write as soon as it works.',
    ],
    asks: [
      'Does the app on the phone still let you in?',
      'Could you delete the cookies of our page on one machine and tell me whether that helps?',
    ],
    notes: [
      'Cookie got a wrong path in the release. {technical} rolls back.',
      'Part of the sign-in trouble, linked.',
      'They asked for a call, {peer} took it.',
    ],
    solved: [
      'You can sign in again. If it still goes in circles, close all tabs of ours once.',
      'The release has been taken back, and the sign-ins of your team look normal in the log.',
      'Solved: a cookie had the wrong path. Nobody was signed in as somebody else at any time.',
      'All in again, I hope. We are sorry, and there will be a report of how this got past our tests.',
    ],
  },
  payment: {
    first: [
      'Our payment provider has an outage, so it is not your card. Nobody will be locked because of it.',
      'We know about it. Due dates have been moved by three days for everybody.',
      'Please do not try again for now, so that nothing is charged twice when it comes back.',
      'Confirmed. Should you need seats today: I can add them, and you pay when it works again.',
    ],
    asks: [
      'Do you need the change today? Then I do it by hand.',
      'Did your bank show an approval at any time?',
    ],
    notes: [
      'Provider says one hour. {billing} has moved the due dates.',
      'Added the seats by hand, to be charged tomorrow.',
      'Linked with the other tickets of this hour.',
    ],
    solved: [
      'Payments work again, the provider has recovered. You have not been charged for the attempts that failed.',
      'The form is back and the first payments came through. Your due date stays moved all the same.',
      'Solved on the side of the provider. I checked your account: nothing charged twice.',
      'It works again. Thank you for waiting, and for telling us.',
    ],
  },
} as const satisfies Record<string, Replies>;
