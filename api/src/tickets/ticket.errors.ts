import type { FieldConflict } from '../contract/problem.js';
import type { PersonRef, Ticket } from '../contract/ticket.js';
import { ProblemError } from '../problems/problem-error.js';

export const ticketNotFound = (id: number) => new ProblemError('not_found', `There is no ticket ${id}`);

export const ticketGone = (id: number) => new ProblemError('gone', `Ticket ${id} was deleted`);

export const versionDiffers = (ticket: Ticket) =>
  new ProblemError('precondition_failed', `Ticket ${ticket.id} is at version ${ticket.version}`, { ticket });

export const fieldsConflict = (conflicts: FieldConflict[], ticket: Ticket) =>
  new ProblemError(
    'conflict',
    `Changed meanwhile to another value: ${conflicts.map(({ field }) => field).join(', ')}; nothing was applied`,
    { conflicts, ticket },
  );

export const baseVersionAhead = (version: number) =>
  ProblemError.field('base_version', `is above the ticket's version, ${version}`);

export const unknownAssignee = () => ProblemError.field('assignee', 'is nobody here');

export const disabledAssignee = () =>
  ProblemError.field('assignee', 'is disabled and cannot be given tickets');

export const alreadyClaimed = (holder: PersonRef, ticket: Ticket) =>
  new ProblemError('already_claimed', `${holder.name} has ticket ${ticket.id}`, { holder, ticket });

export const cannotClaim = () =>
  new ProblemError('forbidden', 'Only somebody who can be assigned can claim a ticket');

/** Others changed the ticket between each try and the look at why it failed. */
export const neverSettles = (id: number) =>
  new ProblemError('unavailable', `Ticket ${id} changes too fast right now; try again`);
