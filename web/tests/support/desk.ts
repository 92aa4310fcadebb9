import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';

import type { CreateTicket, PatchTicket } from '#contract/commands';
import type { TicketList } from '#contract/queries';
import type { Ticket } from '#contract/ticket';

import { ADMIN, call, cookiesOf, hire, signIn, type SignedIn } from './people.js';
import { Wire } from './wire.js';

/** What a person does without a browser. */
export class Api {
  constructor(
    private readonly url: string,
    readonly person: SignedIn,
  ) {}

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

  /** Any other call. Throws when it is refused. */
  send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#send(method, path, body);
  }

  async #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { cookie } = this.person;
    const response = await call(this.url + path, { method, cookie, body });
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }
}

interface WorkerFixtures {
  /** The desk's own address, past the wire. */
  desk: string;
  /** The person of `page` and `api`. */
  admin: SignedIn;
  /** The person of `colleague`: an agent. */
  agent: SignedIn;
}

/** Another person with a browser. */
interface Colleague {
  readonly page: Page;
  readonly api: Api;
}

interface Fixtures {
  /** What the console may say in this test; everything else of warnings and errors fails it. */
  tolerated: RegExp;
  api: Api;
  /** A word that only this test's tickets have. */
  word: string;
  wire: Wire;
  colleague: Colleague;
  /** A page of somebody who is not signed in. */
  visitor: Page;
  /** A browser of its own whose console is guarded; signed in as `person`, if there is one. */
  contextOf: (person?: SignedIn) => Promise<BrowserContext>;
  watch: (context: BrowserContext) => void;
  guard: void;
}

let words = 0;

export const test = base.extend<Fixtures, WorkerFixtures>({
  tolerated: [/(?!)/, { option: true }],
  // Each worker has its own, so that a test that counts arrivals does not see those of another.
  desk: [
    async ({ browserName: _browserName }, use, { parallelIndex }) =>
      use(process.env.E2E_DESKS!.split(',')[parallelIndex]!),
    { scope: 'worker' },
  ],
  admin: [async ({ desk }, use) => use(await signIn(desk, ADMIN)), { scope: 'worker' }],
  agent: [
    async ({ desk, admin }, use) => {
      // A worker that starts anew after a failure finds the one before still there.
      const mark = Date.now().toString(36);
      const person = { name: `Grace Hopper ${mark}`, email: `grace.${mark}@desk.test` };
      await use(await hire(desk, admin, { ...person, role: 'agent' }));
    },
    { scope: 'worker' },
  ],
  storageState: async ({ admin }, use) => use({ cookies: cookiesOf(admin), origins: [] }),
  wire: async ({ desk }, use) => {
    const wire = new Wire(desk);
    await use(wire);
    wire.close();
  },
  baseURL: async ({ wire }, use) => use(await wire.open()),
  api: async ({ desk, admin }, use) => use(new Api(desk, admin)),
  word: async ({ desk: _desk }, use) => use(`w${Date.now().toString(36)}${(words += 1)}`),
  contextOf: async ({ browser, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (person) => {
      const cookies = person === undefined ? [] : cookiesOf(person);
      const context = await browser.newContext({ storageState: { cookies, origins: [] } });
      watch(context);
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  colleague: async ({ desk, agent, contextOf }, use) => {
    await use({ page: await (await contextOf(agent)).newPage(), api: new Api(desk, agent) });
  },
  visitor: async ({ contextOf }, use) => use(await (await contextOf()).newPage()),
  watch: async ({ tolerated }, use) => {
    const complaints: string[] = [];
    const complain = (text: string) => {
      if (!tolerated.test(text)) complaints.push(text);
    };
    await use((context) => {
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complain(message.text());
      });
      context.on('weberror', (error) => complain(error.error().message));
    });
    expect(complaints, 'the console').toEqual([]);
  },
  guard: [
    async ({ context, watch }, use) => {
      watch(context);
      await use();
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page and waits until what it shows is live, and what it may open is at hand. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectLive(page);
  await expect(page.locator('html')).toHaveAttribute('data-late', 'here');
}

export const pill = (page: Page): Locator => page.getByTestId('connection');

export const expectLive = (page: Page): Promise<void> =>
  expect(pill(page)).toHaveAttribute('data-look', 'live');

/** The number that is shown, as people write it, as soon as there is one. */
export async function numberIn(shown: Locator): Promise<number> {
  await expect(shown).toHaveText(/\d/);
  return Number((await shown.textContent())?.replaceAll(',', ''));
}

/** A number as it is shown. */
export const counted = (number: number): string => number.toLocaleString('en');

/** A ticket's row in the list. */
export const rowOf = (page: Page, { id }: { id: number }): Locator => page.locator(`[data-ticket="${id}"]`);

/** Opens a ticket beside the list, whose rows have their new places then: in a narrow list they have two lines. */
export async function openBeside(page: Page, ticket: { id: number }): Promise<Locator> {
  const row = rowOf(page, ticket);
  const heightOf = async () => (await row.boundingBox())!.height;
  const before = await heightOf();
  await row.getByRole('link').click();
  await expect.poll(heightOf).toBeGreaterThan(before);
  return page.getByRole('region', { name: 'The ticket' });
}

export const fieldOf = (row: Locator, field: 'status' | 'priority' | 'category'): Locator =>
  row.locator(`[data-field="${field}"]`);

/** Chooses a value in a field's menu, as a person does. */
export async function choose(field: Locator, value: string): Promise<void> {
  await field.click();
  await field.page().getByRole('menuitemradio', { name: value, exact: true }).click();
}
