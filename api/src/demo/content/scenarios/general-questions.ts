import { GENERAL_QUESTIONS_REPLIES } from '../replies/general-questions.js';
import { inCategory } from '../scenario.js';

/** How things are done, and what people want to know before they buy or roll out. */
export const GENERAL_QUESTIONS = inCategory('general', [
  {
    priority: 'low',
    titles: [
      'How do I change many {things} at once?',
      'Bulk edit for {things}?',
      'Set the same due date on {count} {things}',
    ],
    stories: [
      'I need to move {count} {things} to the next month. Is there something better than opening each of them?',
      'Is there a bulk edit? I found the checkboxes, but the menu on top only has "Archive".',
    ],
    reason: 'A how-to question about editing in bulk.',
    replies: GENERAL_QUESTIONS_REPLIES.bulk,
  },
  {
    priority: 'low',
    titles: [
      'Archive "{project}" but keep its hours',
      'Difference between archive and close?',
      'How to archive "{project}" without losing its reports',
    ],
    stories: [
      '"{project}" is done. I would like it out of the way, but its hours should still count in "{report}". Archive, close or something else?',
      'What is the difference between closing and archiving? The help page explains one with the other.',
    ],
    reason: 'A how-to question about archiving.',
    replies: GENERAL_QUESTIONS_REPLIES.archive,
  },
  {
    priority: 'medium',
    titles: [
      'Security questionnaire for {company}',
      'DPA and list of subprocessors',
      'ISO 27001 or SOC 2 report?',
    ],
    stories: [
      'Our security team must approve all suppliers. Could you fill in the questionnaire ({questions} questions), and send your latest audit report? The committee meets on {deadline}.',
      'We need a signed data processing agreement and the present list of subprocessors before we can roll out to {seats} people.',
    ],
    reason: 'Asks for security papers with a deadline.',
    replies: GENERAL_QUESTIONS_REPLIES.security,
  },
  {
    priority: 'low',
    titles: [
      'Where is our data stored?',
      'Choosing the hosting region of a workspace',
      'Data residency in {country}?',
    ],
    stories: [
      'A client asks where our data is stored, and whether it ever leaves {country}. Can I give them a link?',
      'Is it possible to choose the region for a new workspace, and to move an existing one?',
    ],
    reason: 'A question about where data is hosted.',
    replies: GENERAL_QUESTIONS_REPLIES.residency,
  },
  {
    priority: 'low',
    titles: [
      'Training for {count} new colleagues',
      'Recording of the webinar on {weekday}?',
      'Onboarding sessions for {team} ({count} people)',
    ],
    stories: [
      'We have {count} people starting on the first. Is there a training, live or recorded, that goes beyond the first steps?',
      'I missed the webinar on {weekday}. Will there be a recording? {colleague} said it was really good.',
    ],
    reason: 'Asks about training.',
    replies: GENERAL_QUESTIONS_REPLIES.training,
  },
  {
    priority: 'medium',
    titles: [
      'Moving over from {competitor}',
      'Import of {many} tasks from {competitor}',
      'Migration plan for {seats} users',
    ],
    stories: [
      'We want to move {seats} people from {competitor} by the end of {nextmonth}. The importer brings tasks, but comments and attachments stay behind. Is there another way, or somebody who could help?',
      'How long does an import of {many} tasks take, and can people keep working meanwhile? I would like to do it over a weekend.',
    ],
    reason: 'Plans a migration and needs advice.',
    replies: GENERAL_QUESTIONS_REPLIES.migration,
  },
  {
    priority: 'low',
    titles: [
      '{plan} or the next one up?',
      'How much storage comes with {plan}?',
      'Limits of {plan} for {seats} people?',
    ],
    stories: [
      'We are {seats} people with about {count} projects at any time. Does {plan} do, or will we run into some limit?',
      'The comparison page does not mention how much storage comes with {plan}. We have lots of drawings, about {size} GB.',
    ],
    reason: 'A question about the limits of a plan.',
    replies: GENERAL_QUESTIONS_REPLIES.planLimits,
  },
  {
    priority: 'low',
    titles: ['Can I get the status page into {chat}?', 'Maintenance on {weekday}: is the API affected?'],
    stories: [
      'Is there a feed for your status page? I would like to have it in our {chat} channel.',
      'The banner mentions maintenance on {weekday}. Does it touch the API as well? We have a job that runs at {time}.',
    ],
    reason: 'A question about maintenance and status.',
    replies: GENERAL_QUESTIONS_REPLIES.status,
  },
  {
    priority: 'low',
    titles: ['Support hours for {country}?', 'Do you have phone support [on {plan}|]?'],
    stories: [
      'Which hours is your support there? We are in {city} and mornings seem to be quiet.',
      'Is there a number we can call when something is really broken? Would {plan} include it?',
    ],
    reason: 'Asks how support can be reached.',
    replies: GENERAL_QUESTIONS_REPLIES.hours,
  },
  {
    priority: 'low',
    titles: ['Templates for {industry}?', 'Sharing our "{project}" template'],
    stories: [
      'Do you know of templates for {industry}? The gallery is mostly about software teams.',
      'We built a template for jobs like "{project}" and would gladly share it with others. Can it be put into the gallery?',
    ],
    reason: 'A question about templates.',
    replies: GENERAL_QUESTIONS_REPLIES.templates,
  },
  {
    priority: 'low',
    titles: [
      'Permission to use screenshots in a thesis',
      'API for a student project',
      'Thesis on small teams: a question',
    ],
    stories: [
      'I write my thesis on how small teams plan their work. May I use screenshots of your product? I would name the source of course.',
      'For a student project we need a free workspace with API access, about {count} weeks. Is that possible?',
    ],
    reason: 'A request from outside the customer base.',
    replies: GENERAL_QUESTIONS_REPLIES.thesis,
  },
]);
