import type { Scenario } from './scenario.js';
import { ACCOUNT_ACCESS } from './scenarios/account-access.js';
import { ACCOUNT_PEOPLE } from './scenarios/account-people.js';
import { BILLING_INVOICES } from './scenarios/billing-invoices.js';
import { BILLING_PAYMENTS } from './scenarios/billing-payments.js';
import { GENERAL_FEEDBACK } from './scenarios/general-feedback.js';
import { GENERAL_QUESTIONS } from './scenarios/general-questions.js';
import { OTHER_LANGUAGES } from './scenarios/other-languages.js';
import { TECHNICAL_APP } from './scenarios/technical-app.js';
import { TECHNICAL_DATA } from './scenarios/technical-data.js';
import { TECHNICAL_INTEGRATIONS } from './scenarios/technical-integrations.js';

/** Everything that customers write about on an ordinary day. */
export const SCENARIOS: readonly Scenario[] = [
  ...BILLING_INVOICES,
  ...BILLING_PAYMENTS,
  ...TECHNICAL_APP,
  ...TECHNICAL_DATA,
  ...TECHNICAL_INTEGRATIONS,
  ...ACCOUNT_ACCESS,
  ...ACCOUNT_PEOPLE,
  ...GENERAL_QUESTIONS,
  ...GENERAL_FEEDBACK,
  ...OTHER_LANGUAGES,
];
