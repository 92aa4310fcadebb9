import type { Replies } from './replies.js';

export const ACCOUNT_PEOPLE_REPLIES = {
  ownership: {
    first: [
      'We can move the ownership. Because the owner cannot agree by a click, I need something in writing that shows who speaks for {company}.',
      'That is a common case and solved quickly: a short letter and the agreement of one other member are all I need.',
    ],
    asks: [
      'Could you send a letter with the name of the new owner, signed by somebody in the commercial register?',
      'Who besides you should become an admin? We recommend at least two.',
    ],
    notes: [
      'Letter is in, name matches the register. {peer}, second pair of eyes please before I move it.',
      'The old owner still gets the invoices. {billing}, please change the contact once this is done.',
    ],
    solved: [
      'You are the owner of the workspace now. The former owner keeps nothing, not even read access; please add a second admin soon.',
      'Ownership is transferred and you should see "Billing" and "Members" in the settings. The invoices go to you from now on.',
    ],
  },
  permission: {
    first: [
      'I looked at the project as your role sees it and get the same message, so it is nothing on your side.',
      'The member list and what is really granted do not agree here. I am comparing the two.',
    ],
    asks: [
      'Were you added directly, or by way of a team?',
      'Could your admin tell me whether the project was moved to another folder lately?',
    ],
    notes: [
      'Project sits in a folder with its own permissions, which win. Is that documented anywhere, {peer}?',
      'Grant was written, cache was not cleared. {technical} has seen it twice this week.',
    ],
    solved: [
      'The project lies in a folder that had permissions of its own, and those won. Your role is added there and I can open everything as you would.',
      'Access works now. The change had been stored but not passed on; I have refreshed it for all members of the workspace, not only for you.',
    ],
  },
  leak: {
    first: [
      'Thank you for telling us at once. I have closed guest access in the projects concerned for now, and I am finding out who saw what.',
      'This must not happen, and I have passed it to our security team as well. Guests of your workspace are limited to comments until we know more.',
    ],
    asks: [
      'Could you send a screenshot of what the guest saw, with the address line visible?',
      'Which other guests have the same role? I would rather ask than guess.',
    ],
    notes: [
      'Report ignores the guest filter when it is opened from a link. Reproduced. {technical} is fixing it, high.',
      'Access log: two guests opened it, four times in all. {peer}, is that something we have to notify?',
    ],
    solved: [
      'The gap is closed. The log shows exactly [one guest|two guests] who opened that page; you have the list with times by mail, and we are sorry.',
      'Fixed and checked with a guest of our own. Nobody but the person you named saw anything; the full report follows by mail this week.',
    ],
  },
  stillAccess: {
    first: [
      'I have cut off that account by hand just now, whatever the reason turns out to be. Next I look at how it could still be used.',
      'You are right to worry. The account is deactivated, but something that belongs to it is still alive; I am looking for what.',
    ],
    asks: [
      'Did that person use API tokens or the calendar feed? Both have keys of their own.',
      'Could you send me one of these mails with its headers?',
    ],
    notes: [
      'An API token of that person is still in use by a script of theirs. {technical} please confirm before I revoke.',
      'Subscriptions by e-mail are kept apart from members, {peer}. This is the third such ticket this quarter.',
    ],
    solved: [
      'It was a token that the person had made, used by a script of yours: the changes were not made by a human. It is revoked, and tokens now end with their owner.',
      'The address was still subscribed to one project. It is removed, and deactivating somebody now ends subscriptions as well.',
    ],
  },
  provisioning: {
    first: [
      'I can see the calls of your identity provider in our log, and I think that I see what goes wrong: the comparison of addresses minds capital letters.',
      'Thank you, that is a precise description. I am replaying two of the calls on a workspace of ours.',
    ],
    asks: [
      'Which attribute is mapped to userName, the address or the login?',
      'May we pause provisioning for you while we join the accounts? People can keep working.',
    ],
    notes: [
      'Confirmed: 200 with an empty body where it should be 409. {technical} has a fix in review.',
      'Merge script is ready, {peer} has tried it on the copy. Waiting for their go.',
    ],
    solved: [
      'Matching no longer minds capital letters, and the second accounts have been joined with the first ones. Nothing that people had entered was lost.',
      'The group is filled now, as in your directory. The log also says "skipped" from now on when a call has no effect, instead of 200.',
    ],
  },
  merge: {
    first: [
      'Two accounts can be joined: tasks, hours and comments move over, the older one stays. It cannot be undone, so I ask twice before I do it.',
      'I have found both of you. The one with the company address is older and has the projects, so I would keep that one.',
    ],
    asks: [
      'Please answer once from each of the two addresses, so that I know both are yours.',
      'Which of the two names and pictures do you want to keep?',
    ],
    notes: [
      'Got a yes from both addresses. {peer}, can the merge run during the day or do we wait?',
      'Second account is owner of a private project, move that first.',
    ],
    solved: [
      'There is only one of you again. Everything from the second account is in the first, and both ways of signing in lead there.',
      'The accounts are joined. Please sign out and in once; the old address now only forwards to you.',
    ],
  },
  erasure: {
    first: [
      'I confirm that we received your request. It is finished within 30 days at most, usually within a week, and you get a confirmation in writing.',
      'Thank you. Let me explain what happens: personal data is erased, hours and invoices that must be kept by law lose the name.',
    ],
    asks: [
      'For your protection: could you confirm the request once more from the address it is about?',
      'Does the request include comments in projects of others? Those would be shown as "Former member".',
    ],
    notes: [
      'Clock runs since arrival. {peer} keeps the list for data protection, entered there.',
      'Invoices have to be kept ten years, told them so. {billing} please strip the contact name.',
    ],
    solved: [
      'Everything is erased as far as the law lets us. The written confirmation is on its way; backups follow by themselves within 35 days.',
      'Your request is complete. What remains are invoices, without name and address, because we have to keep them.',
    ],
  },
  dataCopy: {
    first: [
      'Gladly. The copy is made by a job that runs overnight, so you will have it tomorrow morning.',
      'There is an export of everything, it is only well hidden. Attachments come along, as a separate archive.',
    ],
    asks: [
      'Is JSON all right, or do you need tables that open in a spreadsheet?',
      'Should attachments be part of it? They make it rather large.',
    ],
    notes: [
      'Export is [4|9|17] GB, too large for mail. Link with expiry, {peer}?',
      'Identity is clear, came from their own account. Started the job.',
    ],
    solved: [
      'The archive is ready and the link to it is in your inbox, valid for a week. It opens without our software.',
      'Done. A yearly backup can also be set up by yourself: Settings, Workspace, Export, at the very bottom.',
    ],
  },
  rename: {
    first: [
      'The address of a workspace can be changed once without fee, and old links are forwarded for a year.',
      'Two or three years is long enough, let us mend that. Forwarding of the old address comes with it.',
    ],
    asks: [
      'Which new address would you like? Small letters, digits and hyphens are possible.',
      'Do you use SSO? Then the address has to be changed there at the same moment.',
    ],
    notes: [
      'Wanted name is free. Change set for tonight, {technical} knows.',
      'They have webhooks with the old address in them, remind them.',
    ],
    solved: [
      'The workspace has its new address and the old one forwards. Calendar feeds have to be subscribed to once more, everything else follows.',
      'Renamed. I clicked through a handful of old links and they all arrive where they should.',
    ],
  },
  handOver: {
    first: [
      'There is a page for exactly that: Members, then the three dots, then "Hand over work". It moves tasks, reminders and recurring ones at once.',
      'Good that you ask first. Nothing is lost when somebody is deactivated: projects fall to the workspace owner, open tasks stay as they are until handed over.',
    ],
    asks: [
      'Should private tasks be moved as well? They stay private to the new person.',
      'Is there a day on which it should happen?',
    ],
    notes: [
      '"Hand over" misses recurring tasks on older plans, {peer} has the workaround.',
      'Showed them in a call, fifteen minutes. They only want to be sure.',
    ],
    solved: [
      'All open tasks are with the new person now, with their dates. Finished ones keep the old name, as a record.',
      'I saw that you have done it yourself already, and it is complete: nothing open is left on the old account.',
    ],
  },
  roles: {
    first: [
      'For people who may see all and change nothing there is the role Viewer, and one setting that adds billing or takes it away.',
      'Custom roles come with Business Plus and above. Below that, most teams solve it with a folder and the role Editor on it.',
    ],
    asks: [
      'Should they see hours and budgets as well, or projects only?',
      'How many people would have that role? It decides which way is the simpler one.',
    ],
    notes: [
      'Good candidate for the beta of custom roles, {peer}?',
      'Asked {account} how other auditors are set up.',
    ],
    solved: [
      'I have described the setup in three steps and put it on a test project of yours. Please have a look as one of them would.',
      'Team leads can now be made "Project managers" in your workspace: they add people, and billing stays invisible.',
    ],
  },
} as const satisfies Record<string, Replies>;
