import { ticketFilters } from '../contract/queries.js';
import { ProblemError } from '../problems/problem-error.js';

/** Refuses what a list of tickets would refuse, and a page. @throws ProblemError `invalid` that names `query` */
export function checkViewQuery(query: string): void {
  // A question mark in front would be taken away silently, and is kept with the view.
  const parameters = new URLSearchParams(`&${query}`);
  const names = [...parameters.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw ProblemError.field('query', `${twice} is given more than once`);
  const known: ReadonlySet<string> = new Set(Object.keys(ticketFilters.shape));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw ProblemError.field('query', `${unknown || 'A value'} is no filter of tickets`);
  const { error } = ticketFilters.safeParse(Object.fromEntries(parameters));
  const issue = error?.issues[0];
  if (issue !== undefined) throw ProblemError.field('query', `${String(issue.path[0])}: ${issue.message}`);
}
