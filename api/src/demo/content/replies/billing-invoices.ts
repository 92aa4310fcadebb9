import type { Replies } from './replies.js';

export const BILLING_INVOICES_REPLIES = {
  vatId: {
    first: [
      'I have {invoice} open and see it too: the line for the VAT ID is not what it should be. A corrected version is no problem.',
      'You entered everything in the right place; the invoice had been drawn up before your change. I will have it issued anew.',
    ],
    asks: [
      'Is {vat} the ID for all your invoices, or for this entity only?',
      'Should the corrected invoice keep its date, or be of today? Accountants differ on that.',
    ],
    notes: [
      'VIES says {vat} is valid, name matches. {peer} can reissue.',
      'Corrected invoice needs a new number, checked with {peer}. Old one gets a cancellation.',
    ],
    solved: [
      'The corrected invoice with {vat} is in your billing page, together with the cancellation of the old one.',
      'Reissued with the right VAT ID, and all to come will carry it. You have both papers by mail.',
    ],
  },
  copies: {
    first: [
      'All invoices are still there, the page only shows the recent ones. I will put the rest together for you.',
      'Clicking through them one by one is nothing that anybody should do. I can make a zip from here.',
      'I found {invoice} right away. The download goes through a service that is a bit unwell today, so I send it myself.',
    ],
    asks: [
      'From which month on do you need them?',
      'Should they go to {email}, or straight to your accounting?',
    ],
    notes: [
      'The PDF in the store is empty, {peer} renders it again from the data.',
      'Older than the move to the new billing system, {billing} has to take it from the archive.',
    ],
    solved: [
      'You should have a mail with all PDFs in one zip. In the billing page "Show all" at the very bottom lists them as well.',
      'The zip with all invoices of the year is in your inbox, sorted by month.',
      'Sent. The empty file has been replaced too, so the download works again.',
    ],
  },
  address: {
    first: [
      'They do live in different places: the workspace has an address, and the payer has one. The second is what is printed.',
      'Thank you for telling us about the move. I have changed the address of the payer; invoices already issued stay as they are unless you need them anew.',
    ],
    asks: [
      'Is the tax number of {company} the same at the new place?',
      'Do you need {invoice} with the new address, or is it enough from the next one on?',
    ],
    notes: [
      'Address is changed, tax region too. {peer}, does that change the rate for them?',
      'Two payers for one workspace, one of them is dead. Cleaning up.',
    ],
    solved: [
      'The new address is stored with the payer and {invoice} has been issued again with it.',
      'All set, the next invoice goes out with the new address. We have made the two places link to each other, as you are not the first to ask.',
    ],
  },
  mailbox: {
    first: [
      'I see that the billing contact is a person who is no longer in your workspace. Only an admin can change it, so I ask for a short confirmation.',
      'Invoices can go to as many addresses as you like. The field is called "Billing contacts" and takes several lines.',
    ],
    asks: [
      'Should the person who gets them now be taken off, or stay in copy?',
      'Could one of your admins confirm the new address with a one-line mail?',
    ],
    notes: [
      'Confirmed by an admin of {company}. Changing it.',
      'Old contact bounces since months, {billing}, did the reminders go there too?',
    ],
    solved: [
      'The new addresses are stored, and I have sent the last invoice there once more so that you can see it works.',
      'Changed. From the next invoice on nobody has to forward anything.',
    ],
  },
  purchaseOrder: {
    first: [
      'A PO number can be stored with your subscription and is then printed on every invoice, under your address.',
      'Paying by purchase order and bank transfer is possible from ten seats on, for yearly terms.',
    ],
    asks: [
      'Until when is {po} valid? We ask you for the next one before it runs out.',
      'Could you send the purchase order as PDF? Finance wants to see it once.',
    ],
    notes: [
      'PO arrived, amount matches the quote. {peer} please switch them to transfer.',
      'Payment terms longer than 30 days need a yes from finance. Asked, waiting for their answer.',
    ],
    solved: [
      '{po} is on {invoice} and on all that follow. The new PDF is in your billing page.',
      'Your order is accepted and the subscription is set to bank transfer. The invoice is on its way to you.',
    ],
  },
  credit: {
    first: [
      'You were promised that and should have it. I am looking for where it got stuck.',
      'I can see the credit of {amount} in our notes, but not in the books. That is our mistake.',
    ],
    asks: [
      'Would you like it paid back to the card, or taken off the next invoice?',
      'Do you still have the mail in which it was promised? Then finance can be quicker.',
    ],
    notes: [
      'Credit was approved but never booked. Asked {peer}; waiting for their answer.',
      'Finance closes the month on Friday, so it has to be in before that.',
      'Booked twice by now, stop! {peer} takes one back.',
    ],
    solved: [
      'The credit note over {amount} is booked, and the amount is on its way back to you. Allow [three|five] bank days.',
      'Your next invoice is lower by {amount}, and the credit note for your books is attached to it. Sorry for the wait.',
    ],
  },
  exemption: {
    first: [
      'The certificate can be sent right here as an answer to our mail; it goes to our tax people, who check it within two days.',
      'Thank you. Our system drops an exemption when the certificate runs out, and I suspect that this is what happened.',
    ],
    asks: [
      'Which state or country is the certificate from, and until when is it valid?',
      'Is the name on the certificate exactly {company}?',
    ],
    notes: [
      'Certificate valid, entered by {peer}. Tax on the last invoices to be paid back.',
      'The name on it differs by one word. Asked finance whether that will do.',
    ],
    solved: [
      'The exemption is stored, and the tax that was charged will be refunded to the same card within the week.',
      '{invoice} has been issued again without tax. We will remind you a month before the certificate ends.',
    ],
  },
  vendorForm: {
    first: [
      'Thank you, I have passed the form to finance; they usually need a day.',
      'We fill in such forms gladly. Bank details we only send as a signed letter, so that nobody can slip you a false account.',
    ],
    asks: [
      'Until when do you need it? If there is a portal, a link that does not expire this week would help.',
      'Whom may our finance call back to confirm the bank details?',
    ],
    notes: [
      'Form is with {peer}, signature needed from finance.',
      'They want a W-8 as well. {billing}, where do we keep the current one?',
    ],
    solved: [
      'The form is filled in and signed, and the letter with our bank details is on letterhead. Both went to {email}.',
      'Your purchasing has everything it asked for and confirmed that we are registered. The payment can go out.',
    ],
  },
  wrongAmount: {
    first: [
      'I have put the invoice beside your member list and will go through it line by line, as you asked.',
      'I understand the surprise. The sum has a reason, but the invoice hides it; give me a moment to work it out.',
    ],
    asks: [
      'Were there people in the workspace for a few days only, contractors for example?',
      'Could it be that somebody tried a larger plan for a day in {month}?',
    ],
    notes: [
      'Three lines of proration that cancel each other out but for one. Ask {peer}, this looks like the bug of last month.',
      'They are right. Refund the difference, {billing}?',
    ],
    solved: [
      'It was our mistake: seats had been counted twice for some days. The invoice is corrected and the difference goes back to you.',
      'The explanation, line by line, is in the mail I sent. In short: seats added in the middle of the month are charged by the day, and it evens out next month.',
    ],
  },
  currency: {
    first: [
      'That is possible at renewal: the currency belongs to the contract, so it changes with the next term.',
      'We have fixed lists in euros, pounds and dollars. For others the bank does the sum, and I know that this is not what you want to hear.',
    ],
    asks: [
      'Would the change at your next renewal be early enough?',
      'Is your bank account in {currency} as well, or the card only?',
    ],
    notes: [
      'Asked finance whether they can change in the middle of the term. Waiting.',
      '{peer} did it for another customer in spring, by a new subscription with the rest credited.',
    ],
    solved: [
      'Your subscription is set to change at renewal, and the offer with fixed prices is in your inbox.',
      'Done earlier than I thought: the rest of this term was credited and the new one is in your currency.',
    ],
  },
} as const satisfies Record<string, Replies>;
