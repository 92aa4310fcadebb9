import type { Replies } from './replies.js';

export const TECHNICAL_INTEGRATIONS_REPLIES = {
  webhooks: {
    first: [
      'I see the queue for your endpoint. Nothing is thrown away: every delivery is kept for 72 hours and tried again.',
      'Your logs match ours. One of three workers does not send, which fits every third event rather well.',
    ],
    asks: [
      'Do you limit by address? Ours changed last month, the list is in the docs.',
      'May we send the pending ones now, all at once, or rather slowly?',
    ],
    notes: [
      'One worker is stuck on a TLS handshake. {technical} restarts it and looks for the reason.',
      'Replaying at 20 per second, {peer} watches their error rate.',
    ],
    solved: [
      'All pending deliveries have arrived, in order, and your endpoint answered 200 to each. New ones take under a second.',
      'The stuck worker has been replaced and the missing events sent again. They carry their old ids, so you can tell what you already have.',
    ],
  },
  rateLimit: {
    first: [
      'I counted your calls of this morning: you are below the limit and were refused all the same.',
      'The limit is per workspace, not per token, and the docs are silent about it. That alone deserves an apology.',
    ],
    asks: [
      'Do your jobs start at the full minute? Then they meet in the same window.',
      'Which address do they come from, one or several?',
    ],
    notes: [
      'Counts page requests of the web app too. {technical}, is that meant to be so?',
      'Raised to double for now, {peer} please note it in the account.',
    ],
    solved: [
      'Refused answers carry Retry-After now, and the web app no longer counts against your limit.',
      'Your limit has been doubled, and the docs explain how it is counted. The log shows no 429 since noon.',
    ],
  },
  unauthorized: {
    first: [
      'Your token is alive in our records, so a 401 is wrong. I am following one of your requests through the gateway.',
      'I get the same with a token of a test workspace in your region, which means that it is not your setup.',
    ],
    asks: [
      'Does the token begin with sbx_ or with the older sb_?',
      'Could you send one more request id, as fresh as possible?',
    ],
    notes: [
      'Gateway in one region has an old key set. {technical} rolls it now.',
      'Other customers in the same region too, {peer} has two more tickets.',
    ],
    solved: [
      'Calls with your token succeed again since a few minutes. One gateway had missed an exchange of keys.',
      'Fixed on our side; your token is the same as before and there is nothing to change. I watched a minute of your traffic: only 200s.',
    ],
  },
  pagination: {
    first: [
      'Pages by number shift when something is added in between, so what you see is real. There is a better way, by cursor.',
      'I can repeat the empty page. The count includes entries that your token may not read.',
    ],
    asks: [
      'Which fields do you sort by?',
      'Would reading changes since a moment suit you better than reading all?',
    ],
    notes: [
      'Cursor exists but is not documented. {technical} says that it is stable.',
      'Count is made before the permission filter, {peer} opens an issue.',
    ],
    solved: [
      'With ?cursor= instead of ?page= the list is stable; I read all of yours twice and got the same each time. The docs follow this week.',
      'The count and the pages agree now, and `next` ends where the data ends.',
    ],
  },
  connection: {
    first: [
      'A green tick and silence, that is not helpful. Our log says that the other side refuses our key since then.',
      'The connection still belongs to the person who set it up, and with that account it stopped. It can be moved to you.',
    ],
    asks: [
      'Are you an admin on the other side too? Both are needed once.',
      'May I disconnect it from here? The settings are kept.',
    ],
    notes: [
      'Token of the partner was revoked, our status page shows "connected" all the same. Bug for {technical}.',
      'State cookie is lost on the way, third-party cookies. {peer} had this with another customer.',
    ],
    solved: [
      'Things flow again. What was missed since the stop has been sent afterwards, with its real times.',
      'It is connected again, this time in the name of the workspace, so nobody who leaves takes it along. A test message has arrived.',
    ],
  },
  calendar: {
    first: [
      'I can see two subscriptions for the same calendar, which makes two of everything.',
      'The delay comes from the other side: it tells us about changes only when we ask, and we ask too rarely.',
    ],
    asks: [
      'Did you connect it on the phone as well as on the web?',
      'Shall the events made twice be removed from here? Only the copies, of course.',
    ],
    notes: [
      'Push channel ran out and was not renewed. {technical} renews them all.',
      'Removed the second subscription. {peer}, how do we get rid of 300 events politely?',
    ],
    solved: [
      'One subscription is left and the copies are gone. Deleted meetings stay deleted, I tried it with one of mine.',
      'Changes arrive within a minute now. The channel that tells us about them had run out unnoticed.',
    ],
  },
  accounting: {
    first: [
      'Thank you for the warning about the return. This goes first on my list today.',
      'I have paused the transfer, so nothing further is booked wrong. Your invoices here are right.',
    ],
    asks: [
      'Which tax codes are set up on the other side, and was one of them renamed?',
      'Should we correct what is booked, or does your accountant prefer to do it?',
    ],
    notes: [
      'Tax code was renamed over there, ours points to nothing. {technical} adds a check.',
      'Asked {billing} how such corrections should be booked.',
    ],
    solved: [
      'The mapping is repaired and the wrong entries have been corrected, each with a note. The transfer is on again.',
      'Rounding is done once per invoice now. I compared a whole month with your books, to the cent.',
    ],
  },
  automation: {
    first: [
      'I see the rule fire twice in our log, once for the change and once for what the rule itself changes.',
      'That is not meant to be so: a rule should not care where something comes from.',
    ],
    asks: [
      'Is there a second rule that touches the same field?',
      'May I switch the rule off for an hour? Otherwise clients get more mails while I try things.',
    ],
    notes: [
      'Two rules trigger each other. There ought to be a guard, {technical}.',
      'API writes skip the trigger since the last release. {peer} has written the test.',
    ],
    solved: [
      'The rule runs once per change, also for what comes over the API. I have watched it with five changes.',
      'Your clients get one mail each. Rules do not react to their own changes any more.',
    ],
  },
  certificate: {
    first: [
      'The renewal failed silently, I can see it. A new certificate is being issued while I write this.',
      'We are on it, this is our job and not yours. It should take minutes rather than hours.',
    ],
    asks: [
      'Is there a CAA record on your domain? It names who may issue certificates.',
      'Could you try once more in a private window and tell me what it says?',
    ],
    notes: [
      'Renewal blocked by a CAA record, their DNS admin is adding ours. {technical} retries every two minutes.',
      'Why did no alarm go off? {peer}, let us write that down.',
    ],
    solved: [
      'The new certificate is in place and valid for 90 days. I opened the portal from three networks, no warning.',
      'Your portal is reachable again. Renewals now start a month earlier and wake somebody up when they fail.',
    ],
  },
  signature: {
    first: [
      'I see both secrets in use at our end, although the old one should have ended with the rotation.',
      'Your reading is right, and the way you compare is the right one too. I can build a delivery that fails.',
    ],
    asks: [
      'Can you accept both secrets for an hour while we change over?',
      'Could you send the raw body of one that fails, in base64?',
    ],
    notes: [
      'We sign the text, not the bytes. {technical} is ashamed and fixes it.',
      'Workers cache the secret for a day. {peer} is flushing them.',
    ],
    solved: [
      'Only the new secret is used now, by all workers. Those you had to reject have been delivered again.',
      'Signatures are made over the bytes as they are sent. All deliveries of the last hour verify with your sample code.',
    ],
  },
  docs: {
    first: [
      'You are right on both counts, and we are grateful for people who read so carefully.',
      'I tried the example and got the same answer. The docs are behind by a version.',
    ],
    asks: [
      'Which version of the docs did you look at? It is in the footer.',
      'May I name you in the change log?',
    ],
    notes: ['Doc fix is a one-liner, {peer} has it.', 'We should run the examples in CI, {technical}.'],
    solved: [
      'The docs are corrected and online. Thank you for taking the time.',
      'Both files validate now, and the example runs as it stands.',
    ],
  },
} as const satisfies Record<string, Replies>;
