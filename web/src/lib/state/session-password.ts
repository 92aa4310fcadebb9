import { PASSWORD_MAX, PASSWORD_MIN } from '#contract/values';

import { newPassword as text } from '../text/session.js';

/** What is wrong with a new password; undefined: nothing. */
export function passwordFault(password: string): string | undefined {
  if (password.length < PASSWORD_MIN) return text.tooShort(PASSWORD_MIN);
  return password.length > PASSWORD_MAX ? text.long(PASSWORD_MAX) : undefined;
}
