import { expect, test as base, type Locator, type Page } from '@playwright/test';

import type { CreateTicket, PatchTicket } from '#contract/commands';
import type { TicketList } from '#contract/queries';
import type { Ticket } from '#contract/ticket';

import { Wire } from './wire.js';

/** What somebody without a browser does. */
export class Api {
  constructor(private readonly url: string) {}

  async create(ticket: Partial<CreateTicket> & { title: string }): Promise<Ticket> {
    const body = { description: 'As the title says.', category: 'general', priority: 'low', ...ticket };
    return this.#send('POST', '/api/tickets', body);
  }

  patch(id: number, patch: PatchTicket): Promise<Ticket> {
    return this.#send('PATCH', `/api/tickets/${id}`, patch);
  }

  get(id: number): Promise<Ticket> {
    return this.#send('GET', `/api/tickets/${id}`);
  }

  /** @param query as in the address of the list, without `?` */
  list(query: string): Promise<TicketList> {
    return this.#send('GET', `/api/tickets?${query}`);
  }

  async #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(this.url + path, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

interface Fixtures {
  /** The desk's own address, past the wire. */
  desk: string;
  /** What the console may say in this test; everything else of warnings and errors fails it. */
  tolerated: RegExp;
  api: Api;
  /** A word that only this test's tickets have. */
  word: string;
  wire: Wire;
  guard: void;
}

let words = 0;

export const test = base.extend<Fixtures>({
  tolerated: [/(?!)/, { option: true }],
  // Set by the global setup, before any worker begins.
  desk: [process.env.E2E_DESK ?? '', { option: true }],
  wire: async ({ desk }, use) => {
    const wire = new Wire(desk);
    await use(wire);
    wire.close();
  },
  baseURL: async ({ wire }, use) => use(await wire.open()),
  api: async ({ desk }, use) => use(new Api(desk)),
  word: async ({ desk: _desk }, use) => use(`w${Date.now().toString(36)}${(words += 1)}`),
  guard: [
    async ({ context, tolerated }, use) => {
      const complaints: string[] = [];
      const complain = (text: string) => {
        if (!tolerated.test(text)) complaints.push(text);
      };
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complain(message.text());
      });
      context.on('weberror', (error) => complain(error.error().message));
      await use();
      expect(complaints, 'the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page and waits until what it shows is live. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectLive(page);
}

export const pill = (page: Page): Locator => page.getByTestId('connection');

export const expectLive = (page: Page): Promise<void> =>
  expect(pill(page)).toHaveAttribute('data-look', 'live');

/** A ticket's row in the list. */
export const rowOf = (page: Page, { id }: { id: number }): Locator => page.locator(`[data-ticket="${id}"]`);

export const fieldOf = (row: Locator, field: 'status' | 'priority' | 'category'): Locator =>
  row.locator(`[data-field="${field}"]`);

/** Chooses a value in a field's menu, as a person does. */
export async function choose(field: Locator, value: string): Promise<void> {
  await field.click();
  await field.page().getByRole('menuitemradio', { name: value, exact: true }).click();
}
