import type { Problem } from '#contract/problem';

import { ProblemError } from '../../api/errors.js';

export function refusal(status: number, code: Problem['code'], more: Partial<Problem> = {}): ProblemError {
  return new ProblemError({ type: 'about:blank', title: code, status, detail: '', code, ...more });
}
