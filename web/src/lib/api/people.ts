import type {
  Assignees,
  CreatePerson,
  Invitation,
  PasswordLink,
  PatchPerson,
  Person,
} from '#contract/people';
import type { PersonList } from '#contract/queries';

import { request, type Page } from './request.js';

const pathOf = (id: string): string => `/api/people/${encodeURIComponent(id)}`;

/** Who can be given a ticket, by name; for every agent. Every call throws what `request` throws. */
export const listAssignees = (signal?: AbortSignal): Promise<Assignees> =>
  request('GET', '/api/assignees', { signal });

/** For administrators, as all below. */
export const listPeople = (page: Page = {}, signal?: AbortSignal): Promise<PersonList> =>
  request('GET', '/api/people', { query: { ...page }, signal });

/** The answer holds the link by which they set their password. 409: the address is taken. */
export const createPerson = (person: CreatePerson): Promise<Invitation> =>
  request('POST', '/api/people', { body: person });

/** 409: the address is taken, or there would be no administrator left. */
export const patchPerson = (id: string, patch: PatchPerson): Promise<Person> =>
  request('PATCH', pathOf(id), { body: patch });

export const createPasswordLink = (id: string): Promise<PasswordLink> =>
  request('POST', `${pathOf(id)}/password-link`);

/** Ends all of somebody's sessions. */
export const signOutPerson = (id: string): Promise<void> => request('POST', `${pathOf(id)}/sign-out`);
