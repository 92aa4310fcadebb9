import { ProblemError } from '../problems/problem-error.js';

export const unknownPerson = (id: string) =>
  new ProblemError('not_found', `There is nobody with the id ${id}`);

export const addressTaken = () =>
  new ProblemError('conflict', 'email: somebody else has this address', {
    errors: [{ field: 'email', message: 'somebody else has this address' }],
  });

export const lastAdministrator = () =>
  new ProblemError(
    'conflict',
    'This is the last administrator who can sign in: first give somebody else that role and let them set a password',
  );

export const cannotSignIn = (why: 'disabled' | 'address') =>
  new ProblemError(
    'conflict',
    why === 'disabled'
      ? 'This account is disabled: enable it first'
      : 'Without an e-mail address nobody can sign in: set one first',
  );
