import { ACCOUNT_PEOPLE_REPLIES } from '../replies/account-people.js';
import { inCategory } from '../scenario.js';

/** Roles, ownership and what people may see. */
export const ACCOUNT_PEOPLE = inCategory('account', [
  {
    priority: 'medium',
    titles: [
      'Owner has left: please transfer the workspace',
      'Transfer ownership from {colleague} to me',
      'No admin left in our workspace',
    ],
    stories: [
      '{colleague}, who owned our workspace, has left {company} and the mailbox is closed. None of us can add people or change the plan. How do we move the ownership to me?',
      'Please make me the owner. {colleague} agrees and can confirm it, but the button in the settings only says "Contact support".',
    ],
    reason: 'Ownership of a workspace must be transferred.',
    replies: ACCOUNT_PEOPLE_REPLIES.ownership,
  },
  {
    priority: 'medium',
    titles: [
      'Cannot see "{project}" although I am a member',
      'Role {role} cannot open "{report}" any more',
      '"You do not have permission" on "{project}"',
    ],
    stories: [
      'I was added to "{project}" on {date} and still get "You do not have permission". The admin sees me in the list with role {role}.',
      'People with role {role} could open "{report}" until {weekday}. Now they cannot. We did not touch the roles.',
    ],
    reason: 'A permission does not take effect.',
    replies: ACCOUNT_PEOPLE_REPLIES.permission,
  },
  {
    priority: 'high',
    titles: [
      'Guests can see budgets of other projects',
      'Client sees internal notes of "{project}"',
      'Guest access to "{project}" shows too much',
    ],
    stories: [
      'A client whom we invited as guest to "{project}" can see the budgets of our other clients in "{report}". I removed the guest at once, but others have the same role.\n\nPlease check who else saw this.',
      'Our client just quoted an internal note back to us. Internal notes are supposed to be for the team only, right? It was in "{project}", {date}.',
    ],
    reason: 'Outsiders can see data that is not meant for them.',
    replies: ACCOUNT_PEOPLE_REPLIES.leak,
  },
  {
    priority: 'high',
    titles: [
      'Deactivated user {colleague} can still sign in',
      'Somebody who left us still gets all mails',
      'Former employee still has access',
    ],
    stories: [
      'We deactivated {colleague} on {date}. Today the activity log shows changes by that account. How can that be?',
      'Somebody who left us in {month} still receives notifications with client names in them. The member list does not show them any more, so there is nothing I could switch off.',
    ],
    reason: 'A removed person still has access.',
    replies: ACCOUNT_PEOPLE_REPLIES.stillAccess,
  },
  {
    priority: 'medium',
    titles: [
      'SCIM creates [duplicate|second] accounts',
      'Group "{team}" from {idp} is not synced',
      '{idp} provisioning: {count} people appear twice',
    ],
    stories: [
      'Since we turned on SCIM with {idp}, people who were there before get a second account. {count} so far. Matching goes by e-mail, and the addresses are the same but for capital letters.',
      'The group "{team}" exists in {idp} with {count} members, with you it is empty. The log says 200 to every call.',
    ],
    details: ['SCIM request {request}: 409 uniqueness'],
    reason: 'Automatic provisioning of users does not work properly.',
    replies: ACCOUNT_PEOPLE_REPLIES.provisioning,
  },
  {
    priority: 'low',
    titles: ['Merge my two accounts', 'I have an account twice', 'Old and new account: can they be joined?'],
    stories: [
      'I have one account with {email} and one with my private address. All my old tasks are in the second one. Can they be merged?',
      'I signed up with Google by accident, so now there are two of me in "{project}". Please join them, or tell me which one to delete.',
    ],
    reason: 'Two accounts of one person should be merged.',
    replies: ACCOUNT_PEOPLE_REPLIES.merge,
  },
  {
    priority: 'medium',
    titles: [
      'Please delete all my personal data',
      'Erase the data of a former client',
      'Deletion request under GDPR Art. 17 [for {email}|]',
    ],
    stories: [
      'I ask you to erase all personal data you hold about me, and to confirm it within the legal time. My account is {email}.',
      'A former client asks us to have all their data erased. They were a guest in "{project}" until {month}. What can we delete ourselves, and what has to be done by you?',
    ],
    reason: 'A request to erase personal data, with a legal deadline.',
    replies: ACCOUNT_PEOPLE_REPLIES.erasure,
  },
  {
    priority: 'low',
    titles: [
      'Copy of my data, please',
      'Export everything of our workspace',
      'Data access request [of {date}|for {email}]',
    ],
    stories: [
      'Under data protection law I would like a copy of the data you hold about me. E-mail to {email} is fine.',
      'We want to keep a yearly backup outside. Is there an export of the whole workspace, attachments included?',
    ],
    reason: 'A request for a copy of data.',
    replies: ACCOUNT_PEOPLE_REPLIES.dataCopy,
  },
  {
    priority: 'low',
    titles: [
      'New company name: change workspace address',
      'Workspace address has a typo',
      'Rename our workspace to {company}',
    ],
    stories: [
      '{company} has a new name. We would like the address of the workspace to follow. Will old links keep working?',
      'When we signed up somebody made a typo in the workspace address, and it has bothered me for [two|three] years. Can it be changed?',
    ],
    reason: 'A workspace should be renamed.',
    replies: ACCOUNT_PEOPLE_REPLIES.rename,
  },
  {
    priority: 'low',
    titles: [
      'Hand over {count} tasks of {colleague}, who is leaving',
      'Offboarding: what happens to the projects of {colleague}?',
      'Reassign {count} tasks to {colleague2} at once',
    ],
    stories: [
      '{colleague} leaves us at the end of the month and has {count} open tasks. Is there a way to hand them all over to {colleague2} at once?',
      'If I deactivate somebody, what happens to the projects they own? I would rather ask before I click.',
    ],
    reason: "Questions about handing over a colleague's work.",
    replies: ACCOUNT_PEOPLE_REPLIES.handOver,
  },
  {
    priority: 'low',
    titles: ['Can we have a read-only role?', 'Role between {role} and Admin?', 'Custom roles on {plan}?'],
    stories: [
      'Our auditors should see everything and change nothing. None of the roles fits. What do others do?',
      'Team leads need to add people to their own projects, but should not see billing. {role} is too little, Admin too much.',
    ],
    reason: 'A question about roles and permissions.',
    replies: ACCOUNT_PEOPLE_REPLIES.roles,
  },
]);
