import { BILLING_INVOICES_REPLIES } from '../replies/billing-invoices.js';
import { inCategory } from '../scenario.js';

/** Invoices, taxes and the papers around them. */
export const BILLING_INVOICES = inCategory('billing', [
  {
    priority: 'low',
    titles: [
      'VAT number missing on {invoice}',
      '{invoice} shows [our old|the wrong] VAT ID',
      'Please correct the VAT ID on our [last|{month}] invoice',
    ],
    stories: [
      '{invoice} from {date} does not show our VAT ID ({vat}). Our accountant [cannot book it|sends it back] without one.\n\nCould you issue a corrected version? The ID is entered under Billing, so I am not sure why it was left out.',
      'Our tax office only accepts invoices with the correct VAT ID. Ours is {vat}, but {invoice} still [shows the old one|prints a blank line].',
      'We changed our legal form [this summer|in spring] and have a new VAT ID, {vat}. Please use it from now on, and reissue {invoice} with it.',
    ],
    reason: 'Asks for a corrected VAT ID on an invoice; no payment is blocked.',
    replies: BILLING_INVOICES_REPLIES.vatId,
  },
  {
    priority: 'low',
    titles: [
      'Copy of invoice for {month}',
      '[Need|Please send] all invoices of [this|last] year as PDF',
      'Cannot find {invoice} in the billing page',
    ],
    stories: [
      'I am closing our books for {month} and cannot find {invoice}. The billing page lists [only the last three|nothing before {date}]. Could you send me the PDF?',
      'Is there a way to download all invoices of the year at once? Clicking through {count} of them one by one is [a bit tedious|no fun]. A zip by mail would be fine too.',
      'Our auditor asks for the invoice behind the payment of {amount} on {date}. I believe it is {invoice}, but the download [gives an empty file|link leads to a blank page].',
    ],
    reason: 'Wants copies of past invoices; a routine request.',
    replies: BILLING_INVOICES_REPLIES.copies,
  },
  {
    priority: 'low',
    titles: [
      'Change of billing address to {city}',
      'We moved: new address for invoices',
      'Invoice address for {company} is out of date',
    ],
    stories: [
      'We have moved our office to {city}. I changed the address in the workspace settings, but {invoice} [still carries the old one|came with the old one again].\n\nDo the two live in different places?',
      'Please use the new address of {company} ({city}) from the next invoice on. The legal entity stays the same.',
    ],
    reason: 'A change of the invoice address.',
    replies: BILLING_INVOICES_REPLIES.address,
  },
  {
    priority: 'low',
    titles: [
      'Invoices go to [{colleague}, who left|the wrong mailbox]',
      'Second e-mail address for invoices?',
      'Send invoices to {domain} accounting, not to {colleague}',
    ],
    stories: [
      'All invoices go to {colleague}, who left {company} in {month}. Please send them to invoices@{domain} from now on.',
      'Can invoices go to two addresses? I need them, and so does our accounting (accounts@{domain}). At the moment I forward each one by hand.',
    ],
    reason: 'Invoices should go to another e-mail address.',
    replies: BILLING_INVOICES_REPLIES.mailbox,
  },
  {
    priority: 'low',
    titles: [
      'PO number {po} must be on the invoice',
      'Purchase order {po} for our renewal',
      '{invoice} needs our PO number',
      'How do we pay {seats} seats by purchase order?',
    ],
    stories: [
      'Our purchasing will not pay an invoice without a PO number. The one for this year is {po}. Can it be printed on {invoice} and all that follow?',
      'We would like to renew for {seats} seats by purchase order and bank transfer instead of card. What do you need from us besides {po}?',
    ],
    details: ['Payment terms on our side are [30|45|60] days net.'],
    reason: 'Asks to have a purchase order number on invoices.',
    replies: BILLING_INVOICES_REPLIES.purchaseOrder,
  },
  {
    priority: 'medium',
    titles: [
      'Credit note for {invoice} never arrived',
      'Where is the credit of {amount}?',
      'Credit from {month} not taken off the [new|latest] invoice',
    ],
    stories: [
      'On {date} {agent} from your team promised a credit note of {amount} for {invoice}. Neither the credit note nor a deduction has turned up so far.',
      '{invoice} should have been {amount} lower because of the credit you gave us in {month}. It was charged in full. Please [refund the difference|tell me how this gets settled].',
    ],
    reason: 'A promised credit was not applied to the invoice.',
    replies: BILLING_INVOICES_REPLIES.credit,
  },
  {
    priority: 'low',
    titles: ['Tax exemption certificate for {company}', 'We are tax exempt, but {invoice} charges sales tax'],
    stories: [
      '{company} is tax exempt, and still {invoice} [charges sales tax|adds {amount2} of tax]. I can send the certificate, where should it go?',
      'Please find out why tax is added to our account. We filed our exemption with you in {month} and the first invoices after it were right.',
    ],
    reason: 'Tax is charged although the customer is exempt.',
    replies: BILLING_INVOICES_REPLIES.exemption,
  },
  {
    priority: 'low',
    titles: [
      'Vendor form for {company} purchasing',
      'Need your bank details on letterhead',
      'Supplier registration of {company}: please fill in',
    ],
    stories: [
      'Before we may pay {invoice} our purchasing needs you in its supplier system. Could somebody fill in the form? It takes about {minutes} minutes and asks for bank details, registration number and a contact.',
      'Our bank flags new payees, so accounting asks for a short letter with your bank details, signed, on letterhead. The amount waiting for it is {amount}.',
    ],
    reason: 'The customer needs supplier papers before paying.',
    replies: BILLING_INVOICES_REPLIES.vendorForm,
  },
  {
    priority: 'medium',
    titles: [
      'Amount on {invoice} does not match our plan',
      'Invoice {invoice}: {amount} instead of {amount2}',
      'Why is {month} so much more expensive?',
    ],
    stories: [
      'We are on {plan} with {seats} seats. By my count that is {amount2} a month, but {invoice} says {amount}. Nothing about the team changed in {month}.\n\nPlease explain the difference line by line.',
      'The invoice for {month} is {amount}. Usually we pay {amount2}. [Nobody here added seats|I checked the member list twice]. What happened?',
    ],
    reason: 'The amount invoiced differs from what the customer expects.',
    replies: BILLING_INVOICES_REPLIES.wrongAmount,
  },
  {
    priority: 'low',
    titles: [
      'Invoices in {currency} instead of dollars',
      'Can we be billed in {currency}?',
      'Switch our billing currency to {currency}',
    ],
    stories: [
      'Our card is charged in US dollars and the bank adds a fee each time. Can {company} be billed in {currency}?',
      'We budget in {currency}, so an invoice that is a little different each month makes [planning|approvals] harder than it should be. Is there a fixed price list in {currency}?',
    ],
    reason: 'Would like another billing currency.',
    replies: BILLING_INVOICES_REPLIES.currency,
  },
]);
