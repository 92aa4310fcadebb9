/** What agents note for each other whatever a ticket is about; `{first}` is the customer, `{peer}` a colleague. */
export const DESK_NOTES = {
  /** Colleagues answer a note that names them. */
  answering: [
    'Looked at it, go ahead.',
    'On it, give me [half an hour|an hour].',
    'Done. Please tell them.',
    'Yes, that is fine with me.',
    'I had the same last [week|month], it is what you think.',
    'Checked twice, agreed.',
    'Can do this [today|before lunch|tomorrow morning].',
    'Seen. The answer is yes, with a little paperwork that I will take care of.',
    'I wrote it down for the next one who asks, too.',
    'That explains the other one I have open. Thanks, working on it.',
    'Confirmed. I would tell the customer right away.',
    'Took me a while to find, but it is sorted now.',
    'Fine. Keep me posted how it went.',
    'Hm, not what I expected, but it fits. Go on.',
  ],
  /** The customer has answered a question. */
  answered: [
    '{first} answered by mail, it is what we thought.',
    'Answer from {first} came in by phone: all as described, nothing new.',
    '{first} sent what I asked for. Filed it with the account.',
    'Spoke with {first} for five minutes, very helpful. I have what I need.',
    'Got the answer. It rules out the first guess, going for the second.',
    '{first} replied within minutes, so they are watching this.',
    '{first} called back. Confirmed, and thanked us for asking.',
    'Reply is in: yes. Going on.',
    '{first} sent a screenshot, which says it all.',
    'Not quite an answer, but it will do. Did not want to ask {first} twice.',
    'Answered: no, nothing of the kind. So it must be on our side.',
    '{first} is out today, a colleague of theirs answered instead. Good enough.',
    'Have the answer by mail and put it into the account notes.',
    'Talked it through with {first}; they will be at their desk until five.',
  ],
  /** The ticket is handed to `{peer}`. */
  handing: [
    'Handing this to {peer}, who knows that part better. The first steps are done.',
    "{peer}, could you take this one? I am out from [noon|three o'clock] on.",
    'My shift ends. {peer} goes on from here, all that matters is above.',
    'Agreed with {peer}: it fits better with what is on their desk already.',
    '{peer} had the same customer last month and offered to take it.',
    'Too many urgent ones here, thanks {peer} for taking it.',
  ],
  /** The priority has been raised. */
  raised: [
    'Raised it: {first} told me on the phone that more people depend on it than the text says.',
    'More urgent than it sounds, there is a date behind it.',
    'Third one about this today, so up it goes.',
    'Raised after a look at the account: large team, renewal is near.',
    'They are blocked by it after all. Put it higher.',
  ],
  /** The customer is back. */
  back: [
    '{first} called: it is back since this morning.',
    '{first} wrote again. Not solved for them, opened once more.',
    'Back again. {first} says that it worked for an hour or so.',
    'Seems that we solved half of it. {first} sent a new example.',
    'Came back by mail from {first}, in a friendly tone luckily.',
  ],
  /** It takes long. */
  stuck: [
    'Still waiting for the answer of another team, asked again.',
    'Asked {peer}; waiting for an answer.',
    'Nothing new. {peer} says [tomorrow|the day after tomorrow|by the end of the week].',
    'Half done, the other half needs {peer}.',
    'Waiting for a window to try it, tonight at the earliest.',
    'Told {first} that it takes longer. Was not amused, but friendly.',
    'On hold until the release. {peer} knows about it.',
    'No reply from the customer yet, will try by phone.',
    'Waits for a sign-off, {peer} has it on the list for tomorrow.',
    'Supplier has the case, number is in my notes. Nothing to do for us until they move.',
  ],
} as const satisfies Record<string, readonly string[]>;
