/** The closed lists and the limits, apart from the schemas so that a page can have them without zod. */

export const CATEGORIES = ['billing', 'technical', 'account', 'general'] as const;
/** From least to most urgent: the order of `ordering=priority`. */
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;
export const STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;

export const EVENT_TYPES = [
  'ticket.created',
  'ticket.updated',
  'ticket.deleted',
  'comment.created',
  'person.updated',
] as const;

export const ACTOR_KINDS = ['agent', 'token', 'requester', 'classifier', 'database'] as const;

/** What is recorded beside the tickets' own log: who came in, and who changed what may be done. */
export const AUDIT_ACTIONS = [
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'sign_out_everywhere',
  'set_up',
  'password_changed',
  'password_link_made',
  'password_reset',
  'person_created',
  'person_changed',
  'token_created',
  'token_revoked',
  'display_created',
  'display_opened',
  'display_revoked',
  'settings_changed',
] as const;

export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 20_000;
export const REASON_MAX = 200;
export const COMMENT_MAX = 20_000;
export const PERSON_NAME_MAX = 200;
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
