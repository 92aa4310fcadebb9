import { TECHNICAL_INTEGRATIONS_REPLIES } from '../replies/technical-integrations.js';
import { inCategory } from '../scenario.js';

/** The API, webhooks and what is connected to them. */
export const TECHNICAL_INTEGRATIONS = inCategory('technical', [
  {
    priority: 'high',
    titles: [
      'Webhook deliveries of {hook} stuck in "pending"',
      'Every third {hook} is missing',
      'No webhooks [delivered|received] since {time}',
    ],
    stories: [
      'Our endpoint has had no {hook} since {time}. The delivery log in your settings lists them as "pending" and there are {many} by now.\n\nOur order processing depends on them.',
      'About every third {hook} is missing. Those that arrive do so within a second. Our side answers 200 to all of them, logs attached.',
    ],
    details: ['Endpoint: https://hooks.{domain}/v1/in\nLast delivery: {ref}'],
    reason: "Webhooks are not delivered; the customer's processing depends on them.",
    replies: TECHNICAL_INTEGRATIONS_REPLIES.webhooks,
  },
  {
    priority: 'medium',
    titles: [
      'API answers 429 although we are below the limit',
      'Rate limit per token or per workspace?',
      '429 on {endpoint} all morning',
    ],
    stories: [
      'Our script sends about {count} requests a minute, far below the documented limit, and still gets 429. There is no Retry-After header, so it has to guess.',
      'Is the limit per token or per workspace? We have {count} small jobs and they seem to share one.',
    ],
    details: ['GET {endpoint}?page_size=100\n429 Too Many Requests\nx-request-id: {request}'],
    reason: 'API requests are limited earlier than expected.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.rateLimit,
  },
  {
    priority: 'high',
    titles: [
      'All API calls return 401 since {time}',
      'Valid token rejected on {endpoint}',
      'API token stopped working [at {time}|overnight]',
    ],
    stories: [
      'Our integration was fine until {time}. Now every call is a 401 "invalid_token". The token is set to never expire and nobody changed anything here. A new one fails as well.',
      '401 on {endpoint} with a token that works on all other endpoints. Scopes are the same as before.',
    ],
    details: [
      'curl -H "Authorization: Bearer …" https://api.example.com{endpoint}\n{"error":"invalid_token"}\nrequest {request}',
    ],
    reason: 'API authentication fails and stops an integration.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.unauthorized,
  },
  {
    priority: 'medium',
    titles: [
      'Pagination of {endpoint} returns rows twice',
      'API: `next` link of {endpoint} leads to an empty page',
      '{endpoint} leaves out entries between pages',
    ],
    stories: [
      'Reading {endpoint} page by page gives some rows twice and leaves out others when something is added meanwhile. Is there a way to get a stable list?',
      'After page {count} the `next` link is an empty page, but the count says {many}. We are missing about a third.',
    ],
    details: ['Sorted by created_at, page_size 100.'],
    reason: 'API pagination is unreliable.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.pagination,
  },
  {
    priority: 'medium',
    titles: [
      '{integration} integration [disconnected|stopped] by itself',
      'Cannot reconnect {integration}',
      'Nothing arrives in {integration} any more',
    ],
    stories: [
      'The {integration} integration has been quiet since {date}. The settings say "connected". I disconnected and connected it again: the same green tick, the same silence.',
      'When I reconnect {integration}, I am sent to their page, I allow access, and come back to "Could not complete the connection". {colleague}, who set it up, has left us, maybe that is the reason?',
    ],
    details: ['Error shown: "oauth_state_mismatch".'],
    reason: 'An integration with another service has stopped.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.connection,
  },
  {
    priority: 'medium',
    titles: [
      '{calendar} sync creates every event [twice|three times]',
      '{calendar} sync is {hours} hours behind',
      'Deleted meetings come back from {calendar}',
    ],
    stories: [
      'Since I connected {calendar}, all meetings exist twice. Deleting one deletes both, and {minutes} minutes later both are back.',
      'Changes made in {calendar} take about {hours} hours to show up with you. For planning the day that is too late.',
    ],
    reason: 'Calendar sync duplicates or delays events.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.calendar,
  },
  {
    priority: 'high',
    titles: [
      'Invoices sent to {accounting} without tax',
      'Totals in {accounting} off by {amount}',
      '{accounting} sync books wrong amounts',
    ],
    stories: [
      'Since {date} invoices arrive in {accounting} without tax. {count} are booked wrong already and we file the return on {deadline}.\n\nIs there something we can switch off to stop it?',
      'The sync with {accounting} rounds every line up. On one invoice that is cents, over {month} it is {amount}.',
    ],
    reason: 'Wrong amounts are sent to the accounting system.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.accounting,
  },
  {
    priority: 'medium',
    titles: [
      'Automation "{automation}" runs twice',
      '"{automation}" does not fire for {things} made by the API',
      'Clients get "{automation}" mails twice',
    ],
    stories: [
      'Our rule "{automation}" runs twice for each change, so clients get every mail twice. I rebuilt it from scratch, no difference.',
      'The rule "{automation}" works when I create something by hand, but not when it comes in over the API. Is that meant to be so?',
    ],
    reason: 'An automation rule does not run as expected.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.automation,
  },
  {
    priority: 'critical',
    titles: [
      'Certificate of our custom domain has expired',
      'portal.{domain} shows a security warning to clients',
      'Client portal down: certificate error',
    ],
    stories: [
      'Our client portal (portal.{domain}) shows "Your connection is not private" since {time}. The certificate, which you renew for us, ran out. {many} clients use this page to [approve|download] things.\n\nPlease renew it right now.',
      'NET::ERR_CERT_DATE_INVALID on portal.{domain}. Clients are calling us. DNS is unchanged since {month}.',
    ],
    reason: 'The client portal is unreachable because of an expired certificate.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.certificate,
  },
  {
    priority: 'high',
    titles: [
      'Signature check fails after secret rotation',
      'Signature of {hook} wrong for bodies with umlauts',
      'Webhook signature does not verify',
    ],
    stories: [
      'We rotated the webhook secret on {date} as recommended, and about half of the deliveries are still signed with the old one. We have to reject those.',
      'Signatures of {hook} never match when the body has a character outside ASCII. My guess is that you sign before encoding. Everything else verifies.',
    ],
    details: ['Delivery {ref}, sha256, compared in constant time with the raw body.'],
    reason: 'Webhook signatures fail, so deliveries are rejected.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.signature,
  },
  {
    priority: 'low',
    titles: [
      'Docs for {endpoint}: example does not work',
      'OpenAPI file is not valid',
      '{endpoint}: was a field renamed?',
    ],
    stories: [
      'The example for {endpoint} in the docs gives 400 "unknown field". I think the field was renamed, the docs were not.',
      'Our generator refuses your OpenAPI file: the same operation id is used twice. Easy to patch here, just wanted to tell you.',
    ],
    reason: 'A fault in the API documentation.',
    replies: TECHNICAL_INTEGRATIONS_REPLIES.docs,
  },
]);
