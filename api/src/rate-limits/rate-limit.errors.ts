import { ProblemError } from '../problems/problem-error.js';

/** @param seconds until another call may do */
export const tooMany = (seconds: number) =>
  new ProblemError('rate_limited', `Too many calls; try again in ${seconds} s`, {}, seconds);
