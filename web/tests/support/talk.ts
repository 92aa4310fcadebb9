import { expect, type Locator, type Page } from '@playwright/test';

import type { Comment } from '#contract/comments';
import type { FeedEvent } from '#contract/events';

import type { Api } from './desk.js';

type Listed<Item> = Promise<{ results: readonly Item[] }>;

/** A reply to a ticket, or with `internal` a note. */
export const say = (api: Api, { id }: { id: number }, body: string, internal = false): Promise<Comment> =>
  api.send('POST', `/api/tickets/${id}/comments`, { body, internal });

/** What was said about a ticket, oldest first, up to 100. */
export const commentsOf = async (api: Api, { id }: { id: number }): Promise<readonly Comment[]> =>
  (await api.send<Awaited<Listed<Comment>>>('GET', `/api/tickets/${id}/comments?page_size=100`)).results;

/** What happened to a ticket, newest first, up to 100. */
export const historyOf = async (api: Api, { id }: { id: number }): Promise<readonly FeedEvent[]> =>
  (await api.send<Awaited<Listed<FeedEvent>>>('GET', `/api/tickets/${id}/history?page_size=100`)).results;

/** The editor for a reply or an internal note. */
export async function writer(page: Page, kind: 'Reply' | 'Internal note'): Promise<Locator> {
  const composer = page.getByTestId('composer');
  await composer.getByRole('tab', { name: kind }).click();
  return composer.getByRole('textbox', { name: kind });
}

/** Waits until the browser has stored that so many writes were refused: that they were is shown a moment before. */
export const expectStoredRefusals = (page: Page, count: number): Promise<void> =>
  expect.poll(() => page.evaluate(countStoredRefusals)).toBe(count);

function countStoredRefusals(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const opening = indexedDB.open('signalbox');
  opening.onerror = () => reject(new Error('It cannot be opened', { cause: opening.error }));
  opening.onsuccess = () => {
    const database = opening.result;
    const reading = database.transaction('entries').objectStore('entries').getAll();
    reading.onsuccess = () => {
      database.close();
      const stored = reading.result as { readonly entry: { readonly refused?: unknown } }[];
      resolve(stored.filter(({ entry }) => entry.refused !== undefined).length);
    };
  };
  return promise;
}

export const messages = (page: Page): Locator => page.locator('[data-message]');

/** Opens the editor of a text in place. */
export async function rewrite(page: Page, field: 'title' | 'description'): Promise<Locator> {
  await page.getByRole('button', { name: `Change the ${field}` }).click();
  return page.locator(`[data-text="${field}"] textarea`);
}
