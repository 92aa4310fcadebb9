import { ProblemError } from '../problems/problem-error.js';

export const tooMany = (seconds: number) =>
  new ProblemError('rate_limited', `Too many calls; try again in ${seconds} s`);
