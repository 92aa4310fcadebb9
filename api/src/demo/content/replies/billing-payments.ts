import type { Replies } from './replies.js';

export const BILLING_PAYMENTS_REPLIES = {
  twice: {
    first: [
      'I can see both charges. Only one has an invoice behind it, so the other one is yours and goes back.',
      'Sorry about that. Two payments were taken for one invoice; I have asked our payment provider to confirm it before I send one of them back.',
    ],
    asks: [
      'Is one of the two still "pending" at your bank? Then it may drop out by itself.',
      'Could you send the two lines of your statement, with the references?',
    ],
    notes: [
      'Provider confirms two captures, same invoice. Asked {peer} to release the refund.',
      'Refund needs a second approval above 500. {billing}, please.',
    ],
    solved: [
      'The second charge has been refunded to the card ending in {card}. Banks take [three to five|two to four] working days to show it.',
      'Refund of {amount} is on its way. A retry after a slow answer had been counted as a second order, and we have closed that hole.',
    ],
  },
  declined: {
    first: [
      'Your bank is right: the attempt never reached it. Our provider refuses the card before asking, and I want to know why.',
      'Nobody should have to fight to pay us. Your workspace is safe from being locked while this is open, I have made sure of that.',
    ],
    asks: [
      'Is the card from a country other than your billing address?',
      'May I send you a payment link from another processor, to see whether it is the card or us?',
    ],
    notes: [
      'Provider has a rule against prepaid cards, theirs is reported as one. {peer} writes to them.',
      'Extended the due date by ten days. Note for {billing}: no reminders please.',
    ],
    solved: [
      'The filter of our provider took your card for a prepaid one. It is corrected and the payment of {invoice} went through.',
      'Paid! The new card is stored for the next time as well. Thank you for not giving up.',
    ],
  },
  lockedOut: {
    first: [
      'Your workspace is unlocked as of now, and it stays so whatever the paperwork says. Please tell me if anybody still sees "past due".',
      'I have lifted the lock by hand, everybody can save again. Now I look for your payment.',
    ],
    asks: [
      'Which name is on the bank account that the transfer came from? It may differ from yours.',
      'Could your bank send a proof of the transfer with {ref} on it?',
    ],
    notes: [
      'Transfer came without the invoice number and sits in "unassigned". {peer} is matching it.',
      'Unlocked until the end of next week. Please do not lock again, {billing}!',
    ],
    solved: [
      'We found your transfer among those without an invoice number and assigned it. {invoice} is paid, the lock is gone for good.',
      'All is in order: the payment is matched, and your workspace is marked so that nothing locks it before a human has called you.',
    ],
  },
  afterCancelling: {
    first: [
      'Your cancellation is in our records with its date, so this charge should not have happened.',
      'You are right, and I am sorry. I have stopped the subscription by hand so that nothing more can be charged.',
    ],
    asks: [
      'Is {email} the address from which you cancelled? I see a second workspace in the same name.',
      'Could you forward the confirmation that you got?',
    ],
    notes: [
      'Two subscriptions, only one was cancelled. Refund in full, {peer}?',
      'Cancelled at 23:50, renewed at 00:00 by another clock. {technical} knows.',
    ],
    solved: [
      '{amount} goes back to your card, and there is nothing left that could be charged. You have it in writing.',
      'Refunded and ended. There had been a second subscription in the background, which your cancellation did not reach.',
    ],
  },
  unusedSeats: {
    first: [
      'Seats can be lowered at renewal by yourself, and in between by us when there is a good reason. Yours sounds like one.',
      'I have counted: the seats you name have not been used for a while. Let me see what we can do about the rest of the term.',
    ],
    asks: [
      'How many seats would you like to keep, with a little room for newcomers?',
      'Would a credit for the next term do, or do you need the money back?',
    ],
    notes: [
      'Asked billing whether a credit is possible in the middle of the term; waiting for their answer.',
      'Contract says no refunds, but {peer} made an exception in a like case.',
    ],
    solved: [
      'The number of seats is lowered and the unused months are credited to your next invoice.',
      'Agreed with finance: you pay for the seats you use from this month on. The credit note is in your billing page.',
    ],
  },
  proration: {
    first: [
      'The line can be worked out, though not by looking at it. I will write the sum down for you.',
      'In short: on the day of an upgrade the rest of the old plan is given back and the rest of the new one charged. I will check it with your numbers.',
    ],
    asks: [
      'Was the number of seats changed on the same day?',
      'Do you want to upgrade today or wait for the renewal? It makes a difference of a few percent.',
    ],
    notes: [
      'Credit of the old plan is missing on the invoice. {peer}, please have a look at the lines.',
      'Preview leaves out tax, invoice has it. That is the whole difference.',
    ],
    solved: [
      'The credit for the old plan was missing. It has been added and the difference refunded, with the whole sum on one page.',
      'The sum is right, and I have sent it to you step by step; the preview leaves out tax, which is where the two differ.',
    ],
  },
  reduced: {
    first: [
      'We do have a reduced price for charities and schools, and {company} sounds like it fits.',
      'Lovely to hear what you do. There are 40 % off for registered non-profits, and classes are free for a term.',
    ],
    asks: [
      'Could you send your registration as PDF? A photo will do.',
      'From when on would you need it, and for how many people?',
    ],
    notes: [
      'Papers look good. {peer}, please set the discount for a year.',
      'Class of a school: free workspace until the end of the term. Asked sales for their yes.',
    ],
    solved: [
      'The reduced price is set for your workspace and shows up on the next invoice. We ask for the papers again in a year.',
      'Your workspace is ready, free of charge for the term. Have fun with your class!',
    ],
  },
  promo: {
    first: [
      'The code is valid, I have tried it. That it was refused for you has another reason, which the page should say.',
      'I can see that the code was entered and accepted, then lost on the way to the invoice.',
    ],
    asks: [
      'Have you bought with a code before in this workspace? Some work for new customers only.',
      'Could you forward the mail with the offer? I would like to see the small print.',
    ],
    notes: [
      'Code ends at midnight UTC, the mail says end of the month. Marketing again, {peer}.',
      'Discount may be given by hand, {billing} said yes.',
    ],
    solved: [
      'Please try {promo} again, it is accepted now: its last day had been set a week too early.',
      'The discount has been applied by hand and the difference goes back to you. The code itself is repaired too.',
    ],
  },
  trial: {
    first: [
      'There should have been a reminder three days before the end. I am checking whether yours went out.',
      'I understand, and you need not argue: a charge that nobody wanted is refunded within 30 days.',
    ],
    asks: [
      'Shall the workspace be deleted, or kept on the free plan?',
      'Which address did you sign up with? The reminder may have gone there.',
    ],
    notes: [
      'Reminder bounced, so they really were not told. Refund in full, {peer}.',
      'Seats were set from the number of invitations. That should not be so, told {technical}.',
    ],
    solved: [
      'Refunded in full, and the workspace is on the free plan. You will see the money within the week.',
      'The plan is cancelled and the charge is on its way back. Your data stays for 90 days in case you change your mind.',
    ],
  },
  yearly: {
    first: [
      'Moving to yearly billing takes effect at once: what is left of the month is taken off.',
      'Yes, the renewal date can be moved, with a short first term that is charged by the day.',
    ],
    asks: [
      'Should it begin on the first of the month, or today?',
      'Will the number of seats stay the same over the year?',
    ],
    notes: [
      'Offer written, {peer} please check the sum for the short term.',
      'They compare with somebody else. Sales may add five percent.',
    ],
    solved: [
      'Your plan is billed yearly from now on, and you save two months per year. The invoice is in your billing page.',
      'The renewal is moved to January. The short first term is on the invoice that you have just received.',
    ],
  },
  threeDSecure: {
    first: [
      'Please do not try again for the moment. I can see [two|three] approvals that were never charged; they lapse within a week.',
      'The answer of your bank reaches us and is then dropped. Your subscription will not end over this, I have extended it.',
    ],
    asks: [
      'Do you approve in the app of the bank on the same phone, or on another device?',
      'Which bank issued the card? The name is enough.',
    ],
    notes: [
      'Return address is blocked by our own CSP in one browser. {technical} has it.',
      'Subscription extended by two weeks, no dunning. {billing} informed.',
    ],
    solved: [
      'The way back from the bank is repaired and your payment is complete. You have been charged exactly once, I checked.',
      'It works again: the page lost its session while you were at the bank. {invoice} is paid, and the open approvals have been cancelled.',
    ],
  },
  countedSeats: {
    first: [
      'I have both lists side by side, and there is indeed a difference. Looking at the ones in between.',
      'The rule is simple: only active members count, and guests never do. Your invoice says otherwise, so let us see why.',
    ],
    asks: [
      'Did these people have the role Guest from the start, or were they members first?',
      'On which day were they deactivated, roughly?',
    ],
    notes: [
      'Deactivated, but with a seat "reserved". Nobody knows that setting. {peer}?',
      'Guests with edit rights become members silently since the last release. Told {technical}.',
    ],
    solved: [
      'Those seats are released and the amount for them is credited. The list and the invoice agree now.',
      'The pricing page is right and the charge was not. Guests are guests again, and you get the difference back.',
    ],
  },
  newPrices: {
    first: [
      'Your price stays as it is until the end of your present term. Only the renewal after that is at the new one.',
      'Thank you for asking instead of being annoyed. There is a way to keep the present price for longer.',
    ],
    asks: [
      'Would a term of two years be an option for you?',
      'Are you planning to change the number of seats next year?',
    ],
    notes: [
      'Term ends after January, so they keep the price. Confirmed by {peer}.',
      'Offer for two years at the old price, sales agrees.',
    ],
    solved: [
      'You have it in writing now: no change before your renewal, and we announce it 60 days ahead.',
      'The offer with the present price for two years is in your inbox and stands until the end of next month.',
    ],
  },
} as const satisfies Record<string, Replies>;
