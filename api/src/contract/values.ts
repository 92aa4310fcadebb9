/** The closed lists and the limits, apart from the schemas so that a page can have them without zod. */

export const CATEGORIES = ['billing', 'technical', 'account', 'general'] as const;
/** From least to most urgent: the order of `ordering=priority`. */
export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;
export const STATUSES = ['open', 'in_progress', 'resolved', 'closed'] as const;

export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 20_000;
export const REASON_MAX = 200;
export const COMMENT_MAX = 20_000;
export const PERSON_NAME_MAX = 200;
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;
