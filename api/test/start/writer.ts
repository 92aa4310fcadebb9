import { adminOf } from './admin.js';

const GIVES_UP_MS = 30_000;

/** Creates tickets one after the other, until the server is gone, and remembers which it got an answer for. */
export class Writer {
  /** Ids of tickets whose creation was acknowledged. */
  readonly acknowledged: number[] = [];
  readonly #done: Promise<void>;

  constructor(url: string) {
    this.#done = this.#write(url);
    this.#done.catch(() => undefined);
  }

  /** Resolves, when the server no longer answers, with all acknowledged ids. @throws when it always does */
  async untilGone(): Promise<readonly number[]> {
    await this.#done;
    return this.acknowledged;
  }

  async #write(url: string): Promise<void> {
    const end = Date.now() + GIVES_UP_MS;
    const admin = await adminOf(url);
    for (let id = await create(url, admin); id !== null; id = await create(url, admin)) {
      this.acknowledged.push(id);
      if (Date.now() > end) throw new Error('The server is still there.');
    }
  }
}

/** Gives null when there was no whole answer or it was no success. */
async function create(url: string, admin: Record<string, string>): Promise<number | null> {
  const request = {
    method: 'POST',
    headers: { ...admin, 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'The printer on the second floor is on fire',
      description: 'It started after the last firmware update.',
      category: 'technical',
      priority: 'critical',
    }),
  };
  try {
    const answer = await fetch(`${url}/api/tickets`, request);
    return answer.status === 201 ? ((await answer.json()) as { id: number }).id : null;
  } catch {
    return null;
  }
}

/** Which of these tickets the server does not list. */
export async function missing(url: string, ids: readonly number[]): Promise<number[]> {
  const headers = await adminOf(url);
  const listed = new Set<number>();
  for (let next: string | null = '/api/tickets?page_size=100'; next !== null;) {
    const page = await fetch(new URL(next, url), { headers });
    if (!page.ok) throw new Error(`GET ${next}: ${page.status}`);
    const list = (await page.json()) as { results: { id: number }[]; next: string | null };
    for (const { id } of list.results) listed.add(id);
    next = list.next;
  }
  return ids.filter((id) => !listed.has(id));
}
