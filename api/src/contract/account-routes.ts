import { z } from 'zod';

import { createApiToken, createdApiToken, credentialParam as credentialId } from './credentials.js';
import { assignees } from './people.js';
import { apiTokenList, noQuery, pageQuery } from './queries.js';
import { problems, type Route } from './route.js';
import { changePassword, me, openDisplay, patchMe, resetPassword, setUp, signIn } from './session.js';

/** What an identity provider sends back; it is checked by whoever asked it. */
const oidcCallbackQuery = z.object({}).catchall(z.string());

/** Coming in, going out, and what people do as themselves. */
export const accountRoutes = {
  getMe: {
    method: 'get',
    path: '/api/me',
    summary: 'Who I am, and what I may do',
    access: 'open',
    query: noQuery,
    responses: { 200: me, ...problems(400, 401, 429, 503) },
  },
  patchMe: {
    method: 'patch',
    path: '/api/me',
    summary: 'Change my name',
    access: 'account',
    query: noQuery,
    body: patchMe,
    responses: { 200: me, ...problems(400, 401, 403, 413, 415, 503) },
  },
  changePassword: {
    method: 'post',
    path: '/api/me/password',
    summary: 'Change my password; ends my other sessions',
    access: 'account',
    query: noQuery,
    body: changePassword,
    responses: { 204: null, ...problems(400, 401, 403, 413, 415, 429, 503) },
  },
  signIn: {
    method: 'post',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in: sets the session cookie',
    access: 'open',
    query: noQuery,
    body: signIn,
    responses: { 200: me, ...problems(400, 401, 403, 413, 415, 429, 503) },
  },
  signOut: {
    method: 'post',
    path: '/api/auth/sign-out',
    summary: 'End this session',
    access: 'open',
    query: noQuery,
    responses: { 204: null, ...problems(400, 401, 403, 429, 503) },
  },
  signOutEverywhere: {
    method: 'post',
    path: '/api/auth/sign-out-everywhere',
    summary: 'End all my sessions',
    access: 'account',
    query: noQuery,
    responses: { 204: null, ...problems(400, 401, 403, 503) },
  },
  resetPassword: {
    method: 'post',
    path: '/api/auth/reset-password',
    summary: 'Set a password with the link that an administrator made',
    access: 'open',
    query: noQuery,
    body: resetPassword,
    responses: { 204: null, ...problems(400, 401, 403, 410, 413, 415, 429, 503) },
  },
  signInWithOidc: {
    method: 'get',
    path: '/api/auth/sign-in/oidc',
    summary: 'Go to the single sign-on',
    access: 'open',
    query: noQuery,
    responses: { 302: null, ...problems(400, 401, 404, 429, 503) },
  },
  oidcCallback: {
    method: 'get',
    path: '/api/auth/oidc/callback',
    summary: 'Come back from the single sign-on',
    access: 'open',
    query: oidcCallbackQuery,
    responses: { 302: null, ...problems(400, 401, 404, 429, 503) },
  },
  setUp: {
    method: 'post',
    path: '/api/setup',
    summary: 'Make the first administrator with the link on the console',
    access: 'open',
    query: noQuery,
    body: setUp,
    responses: { 201: me, ...problems(400, 401, 403, 410, 413, 415, 429, 503) },
  },
  openDisplay: {
    method: 'post',
    path: '/api/displays/open',
    summary: 'Exchange a display link for a cookie',
    access: 'open',
    query: noQuery,
    body: openDisplay,
    responses: { 200: me, ...problems(400, 401, 403, 410, 413, 415, 429, 503) },
  },
  listAssignees: {
    method: 'get',
    path: '/api/assignees',
    summary: 'Who can be given a ticket',
    access: 'read',
    query: noQuery,
    responses: { 200: assignees, ...problems(400, 401, 403, 429, 503) },
  },
  listTokens: {
    method: 'get',
    path: '/api/tokens',
    summary: 'My tokens; those of all for administrators',
    access: 'account',
    query: pageQuery,
    responses: { 200: apiTokenList, ...problems(400, 401, 403, 503) },
  },
  createToken: {
    method: 'post',
    path: '/api/tokens',
    summary: 'Make a token, which is shown once',
    access: 'account',
    query: noQuery,
    body: createApiToken,
    responses: { 201: createdApiToken, ...problems(400, 401, 403, 413, 415, 503) },
  },
  revokeToken: {
    method: 'delete',
    path: '/api/tokens/{id}',
    summary: 'Revoke a token',
    access: 'account',
    params: credentialId,
    query: noQuery,
    responses: { 204: null, ...problems(400, 401, 403, 404, 503) },
  },
} as const satisfies Record<string, Route>;
