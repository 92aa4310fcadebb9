import type { Priority } from '../../contract/ticket.js';

/** How somebody writes: what stands around the matter itself. */
export interface Voice {
  /** How often, among those that may speak. */
  readonly weight: number;
  /** Empty: no greeting, and so on. */
  readonly greetings: readonly string[];
  readonly openers: readonly string[];
  readonly closers: readonly string[];
  readonly signatures: readonly string[];
  /** Share of tickets in which facts are added. */
  readonly careful: number;
  /** Only about matters of at least some weight. */
  readonly priorities: readonly Priority[];
  /** First paragraph only. */
  readonly terse?: true;
  /** Typed in a hurry, without capitals. */
  readonly hasty?: true;
  /** Not about trifles. */
  readonly angry?: true;
}

const ALL: readonly Priority[] = ['low', 'medium', 'high', 'critical'];

export const VOICES: readonly Voice[] = [
  {
    weight: 26,
    greetings: ['Hi,', 'Hello,', 'Hi there,', 'Hi team,', 'Good morning,'],
    openers: [''],
    closers: ['', '', 'Thanks in advance.', 'Could somebody take a look?'],
    signatures: [
      'Thanks,\n{first}',
      'Many thanks\n{me}',
      'Cheers\n{first}',
      'Thank you!\n{me}\n{company}',
      '{first}',
    ],
    careful: 0.5,
    priorities: ALL,
  },
  {
    weight: 14,
    greetings: ['Hello dear support team,', 'Hi all,', 'Hello [again|there],', 'Hi everybody,'],
    openers: [
      'I hope you are all well.',
      'It is me again, sorry.',
      'Not sure whether this is the right place, but here goes.',
      'We have used your product for [two|three|four] years now and rarely need to write.',
      'First of all: we really like working with this.',
      '{colleague3} said I should just ask you.',
    ],
    closers: [
      'Let me know if you need anything else from me, I am around all day.',
      'Thank you so much, you have always been [quick|kind|very helpful].',
      'Have a nice [day|week]!',
      'Hope that makes sense?',
    ],
    signatures: ['{first}', '{first} from {company}', 'Best, {first}', 'Warm regards,\n{me}'],
    careful: 0.35,
    priorities: ['low', 'medium', 'high'],
  },
  {
    weight: 20,
    greetings: [''],
    openers: [''],
    closers: ['', '', '', '', 'Thx', 'Please advise.', 'Please have a look.'],
    signatures: [''],
    careful: 0.25,
    priorities: ALL,
    terse: true,
  },
  {
    weight: 14,
    greetings: ['Dear Sir or Madam,', 'Dear support team,', 'To whom it may concern,', 'Good afternoon,'],
    openers: ['', '', 'I am writing on behalf of {company}.', 'We would kindly ask for your assistance.'],
    closers: [
      'We look forward to your reply.',
      'Please confirm receipt of this message.',
      'Thank you for your attention to this matter.',
      '',
    ],
    signatures: [
      'Kind regards\n{me}\n{company}',
      'Sincerely,\n{me}',
      'Best regards\n{me}\n{email}',
      'Yours faithfully\n{me}',
    ],
    careful: 0.6,
    priorities: ALL,
  },
  {
    weight: 7,
    greetings: ['', 'hi', 'hey'],
    openers: [''],
    closers: ['', '', 'any news on this?', 'pls help'],
    signatures: ['', 'thx {first}', 'sent from my phone', 'ta'],
    careful: 0.1,
    priorities: ALL,
    hasty: true,
  },
  {
    weight: 9,
    greetings: ['', 'Hello.'],
    openers: [
      'This is the [second|third] time I write about this.',
      'I cannot believe this is happening again.',
      'We pay a lot of money for this and expect better.',
      'Frankly, we are losing patience.',
    ],
    closers: [
      'I expect an answer today.',
      'If this cannot be solved we will look for something else.',
      'Who is responsible for this?',
      'Please do not send me the standard reply, I have read it.',
    ],
    signatures: ['{me}', '{me}\n{company}', ''],
    careful: 0.3,
    priorities: ['medium', 'high', 'critical'],
    angry: true,
  },
  {
    weight: 10,
    greetings: ['Hi support,', 'Hello support,'],
    openers: ['', 'Short version first.', 'Writing for our whole team here.'],
    closers: ['', '', 'Happy to help if you need more details.', 'I am in the office until five.'],
    signatures: ['{first}', '— {first}, {company}', '{me}\nIT, {company}'],
    careful: 0.95,
    priorities: ALL,
  },
];

/** Said when somebody finds it more urgent than such matters mostly are. */
export const URGENT: readonly string[] = [
  'We need this by {deadline}, there is a [client meeting|audit|board meeting] on that day.',
  'This has become urgent for us, please have a look [today|as soon as you can].',
  'It holds up {few} people here, so it would be great if this could be looked at first.',
  'My boss asks me about it every hour. Please hurry.',
];

/** Said when somebody finds it less urgent than such matters mostly are. */
export const CALM: readonly string[] = [
  'No rush, we have a workaround.',
  'It is not urgent, whenever you get to it.',
  'We can live with it for a while, just wanted to let you know.',
  'Nothing is blocked by it at the moment.',
];
