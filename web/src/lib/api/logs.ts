import type { Actor } from '#contract/actor';
import type { AuditAction } from '#contract/administration';
import type { EventType } from '#contract/events';
import type { AuditList, EventLogPage } from '#contract/queries';

import { request, type Page } from './request.js';

export interface AuditParams extends Page {
  readonly action?: readonly AuditAction[] | undefined;
  /** A part of the name of who did it or of what it was done to. */
  readonly search?: string | undefined;
}

export interface EventLogParams {
  readonly type?: readonly EventType[] | undefined;
  readonly actor?: readonly Actor['kind'][] | undefined;
  readonly ticket?: number | undefined;
  /** A part of the actor's name or of the ticket's title. */
  readonly search?: string | undefined;
  readonly page_size?: number | undefined;
}

/** Who signed in and who changed what may be done, newest first. Every call throws what `request` throws. */
export const listAudit = (params: AuditParams = {}, signal?: AbortSignal): Promise<AuditList> =>
  request('GET', '/api/audit', { query: { ...params }, signal });

/** The event log, newest first. An empty page with `next` has searched a stretch and found nothing there. */
export const searchEvents = (params: EventLogParams = {}, signal?: AbortSignal): Promise<EventLogPage> =>
  request('GET', '/api/events/log', { query: { ...params }, signal });

/** The stretch below, by the `next` link of an earlier answer. */
export const followEvents = (link: string, signal?: AbortSignal): Promise<EventLogPage> => {
  const { pathname, search } = new URL(link, 'http://any');
  return request('GET', `${pathname}${search}`, { signal });
};
