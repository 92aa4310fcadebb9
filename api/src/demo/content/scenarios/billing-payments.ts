import { BILLING_PAYMENTS_REPLIES } from '../replies/billing-payments.js';
import { inCategory } from '../scenario.js';

/** Cards, charges, refunds and plans. */
export const BILLING_PAYMENTS = inCategory('billing', [
  {
    priority: 'high',
    titles: [
      'Charged twice for {month}',
      'Two charges of {amount} on {date}',
      'Double payment on card ending {card}',
      'Duplicate charge for {invoice}',
    ],
    stories: [
      'Our card ending in {card} was charged {amount} twice on {date}, {minutes} minutes apart. There is only one invoice ({invoice}).\n\nPlease refund the second charge.',
      'I see two payments of {amount} for {invoice} in the bank statement. [I did not click twice.|The page hung after the first click, so I tried again, that may be it.] When will we get one of them back?',
      'Double charge. {amount}, twice, same day, same card ({card}). Only one of these is ours to pay.',
    ],
    details: ['Bank references: {ref} and {ref2}.'],
    reason: 'The customer was charged twice and asks for a refund.',
    replies: BILLING_PAYMENTS_REPLIES.twice,
  },
  {
    priority: 'high',
    titles: [
      'Card [declined|rejected] although the bank says it is fine',
      'Cannot pay {invoice}: "Your card was declined"',
      'New card is not accepted',
    ],
    stories: [
      'I try to pay {invoice} with a card ending in {card} and always get "Your card was declined". The bank sees no attempt at all, so it does not seem to be on their side.',
      'Our old card expires at the end of the month and the new one ({card}) is refused. Two people tried, in {browser} and on a phone. We really do want to pay!',
    ],
    details: ['The page shows "card_declined" and request {request}.'],
    reason: 'Payment fails although the card is valid.',
    replies: BILLING_PAYMENTS_REPLIES.declined,
  },
  {
    priority: 'critical',
    titles: [
      'Workspace is read-only, but we have paid',
      'URGENT: locked for non-payment of {invoice}, which is paid',
      '{seats} people cannot work: "subscription past due"',
    ],
    stories: [
      'Since {time} our whole workspace says "subscription past due" and is read-only. {invoice} was paid by bank transfer on {date}, reference {ref}.\n\n{seats} people cannot enter anything right now. Please unlock us first and sort out the paperwork after.',
      'You have locked us out over {invoice}. The payment of {amount} left our bank on {date}. We are in the middle of [payroll|month-end|a client delivery] and nobody can save a thing.',
    ],
    reason: 'A paying workspace is locked and a whole team cannot work.',
    replies: BILLING_PAYMENTS_REPLIES.lockedOut,
  },
  {
    priority: 'high',
    titles: [
      'Charged {amount} after we cancelled',
      'Cancelled in {month}, still being billed',
      'You keep charging a cancelled subscription',
    ],
    stories: [
      'We cancelled {plan} on {date} and have the confirmation. Yesterday {amount} was taken from our card anyway.\n\nPlease return it and make sure it does not happen next month.',
      'I cancelled in {month}. The page said "your plan ends on {date}". Today there is a new charge of {amount}. How is that possible?',
    ],
    reason: 'Billed after a cancellation; wants the money back.',
    replies: BILLING_PAYMENTS_REPLIES.afterCancelling,
  },
  {
    priority: 'medium',
    titles: [
      'Refund for {count} unused seats',
      'We paid for {seats} seats but use {seats2}',
      'Remove seats and credit the rest of the year',
    ],
    stories: [
      'Our project with {city} ended early and {count} people left the workspace. We paid for the year in advance. Can the unused months be refunded or credited?',
      'When {colleague} set up the account, we bought {seats} seats by mistake; {seats2} would do. Is it possible to [lower the number now|get the difference back] rather than at renewal?',
    ],
    reason: 'Asks for a refund of seats that are not used.',
    replies: BILLING_PAYMENTS_REPLIES.unusedSeats,
  },
  {
    priority: 'medium',
    titles: [
      'Proration on {invoice} looks wrong',
      'Upgrade to {plan}: how is the first charge calculated?',
      'Charged the full price after upgrading mid-term',
    ],
    stories: [
      'We moved to {plan} on {date}, halfway through the term. I expected a part of the price, but {invoice} has [the full amount|a line "proration" of {amount} that I cannot reproduce].',
      'Before we upgrade {seats} seats to {plan}: what exactly is charged on the day, and what at renewal? The preview says {amount}, my own sum is {amount2}.',
    ],
    reason: 'A question about proration after an upgrade.',
    replies: BILLING_PAYMENTS_REPLIES.proration,
  },
  {
    priority: 'low',
    titles: [
      'Discount for non-profits [like {company}|with {seats} volunteers]?',
      'Education pricing for {seats} students?',
      'Do you have a rate for charities?',
    ],
    stories: [
      '{company} is a registered charity with {seats} volunteers. Is there a reduced price for {plan}? Happy to send our registration papers.',
      'I teach project management and would like my class of {seats} to use your tool for one term. Is there something for schools?',
    ],
    reason: 'Asks about reduced prices; a sales question.',
    replies: BILLING_PAYMENTS_REPLIES.reduced,
  },
  {
    priority: 'medium',
    titles: [
      'Promo code {promo} is not accepted',
      'Discount of {promo} missing [at checkout|on the receipt]',
      '{promo}: "code has expired", but it has not',
    ],
    stories: [
      'Your mail from {date} offers {discount} % off with {promo}. At checkout it says "This code has expired". The mail says it is valid until the end of the month.',
      'I entered {promo}, the page said "applied", and then {amount} was charged in full. Please credit the discount.',
    ],
    reason: 'A promotional code does not work at checkout.',
    replies: BILLING_PAYMENTS_REPLIES.promo,
  },
  {
    priority: 'medium',
    titles: [
      'Trial turned into a paid plan without warning',
      'Charged {amount} at the end of the trial',
      'I only wanted to try it',
    ],
    stories: [
      'I tested your product for a few days, decided against it and forgot about it. Now {amount} is gone from my account. There was no reminder, [I searched my mail and spam folder|at least none that reached me].\n\nPlease cancel and refund.',
      'The trial ended on {date} and was turned into {plan} for {seats} seats. We never agreed to {seats} seats. Please set us back to the free plan.',
    ],
    reason: 'An unwanted charge after a trial; asks for a refund.',
    replies: BILLING_PAYMENTS_REPLIES.trial,
  },
  {
    priority: 'low',
    titles: [
      'Switch {plan} from monthly to yearly',
      'Move renewal date to January',
      'What do we save with annual billing [on {plan}|for {seats} seats]?',
    ],
    stories: [
      'We pay {plan} monthly for {seats} seats and would like to move to yearly billing. Does the change take effect at once or after {month}?',
      'Our budget year begins in January. Can the renewal date be moved there, with a shorter first term?',
    ],
    reason: 'A change of the billing period.',
    replies: BILLING_PAYMENTS_REPLIES.yearly,
  },
  {
    priority: 'high',
    titles: [
      'Stuck in 3-D Secure loop when paying',
      'Bank approves, page starts over: cannot pay {invoice}',
      'Payment confirmation never comes back',
    ],
    stories: [
      'When I pay {invoice}, my bank asks for approval, I approve on my phone, and your page goes back to the start. I have done this {few} times now. Subscription ends on {deadline}.',
      'Payment of {amount} hangs on "Waiting for your bank". The bank shows it as approved at {time}. I do not dare to try again because I might pay twice.',
    ],
    details: ['{browser}, no ad blocker. Also tried a private window.'],
    reason: 'The payment cannot be completed after bank approval.',
    replies: BILLING_PAYMENTS_REPLIES.threeDSecure,
  },
  {
    priority: 'medium',
    titles: [
      'Deactivated members still count as paid seats',
      'Are guests billed? ({count} of ours seem to be)',
      'Billed for {seats} seats, member list shows {seats2}',
    ],
    stories: [
      'The member list has {seats2} active people, the invoice says {seats}. It looks as if people we deactivated in {month} are still counted.',
      'I invited {count} clients as guests and our next charge went up to {amount}. The pricing page says that guests are free. Which is right?',
    ],
    reason: 'The number of billed seats seems too high.',
    replies: BILLING_PAYMENTS_REPLIES.countedSeats,
  },
  {
    priority: 'low',
    titles: [
      'Price increase from January?',
      'Questions about the new prices',
      'Does the new price apply to our contract?',
    ],
    stories: [
      'I read about the new prices on your blog. We have {plan} until {month} next year, does the change affect us before that?',
      'Your announcement says {discount} % more for {plan}. Is there anything we can do to keep the present price, a longer term for example?',
    ],
    reason: 'Asks how a price change affects the contract.',
    replies: BILLING_PAYMENTS_REPLIES.newPrices,
  },
]);
