import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Comment } from '#contract/comments';

import { refusal } from '../sync/testing/problems.js';
import { FakeClock, settled } from '../sync/testing/fake-clock.js';
import { ReplyDraft, type ReplySender } from './reply-draft.js';

const KEY = { person: 'p1', ticketId: 7, kind: 'note' } as const;
const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => stored.set(name, value),
      removeItem: (name: string) => stored.delete(name),
    },
  });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
});

class Sender implements ReplySender {
  readonly calls: { asked: unknown[]; answer: PromiseWithResolvers<Comment> }[] = [];
  readonly held = new Set<string>();
  readonly restored = Promise.resolve();
  readonly comment = (...asked: Parameters<ReplySender['comment']>): Promise<Comment> => {
    const answer = Promise.withResolvers<Comment>();
    this.calls.push({ asked, answer });
    return answer.promise;
  };
  readonly hasComment = (opId: string): boolean => this.held.has(opId);
}

function edit(sender = new Sender()) {
  const clock = new FakeClock();
  return { sender, clock, draft: new ReplyDraft(KEY, sender, clock) };
}

describe('[D1] a draft', () => {
  it('is stored 300 ms after a key at the latest, and comes back', async () => {
    const { draft, clock } = edit();
    draft.body = 'Called th';
    await clock.pass(200);
    draft.body = 'Called them';
    await clock.pass(99);
    expect(stored.size).toBe(0);
    await clock.pass(1);
    expect(edit().draft.body).toBe('Called them');
  });

  it('is stored at once when the page is left', () => {
    const { draft } = edit();
    draft.body = 'Half typ';
    draft.flush();
    expect(edit().draft.body).toBe('Half typ');
  });

  it('is not overwritten by another tab that nobody has typed in', () => {
    const idle = edit();
    const { draft } = edit();
    draft.body = 'Half typed';
    draft.flush();
    idle.draft.close();
    expect(edit().draft.body).toBe('Half typed');
  });

  it("is nobody else's, no other ticket's and of no other kind", () => {
    const { draft, sender, clock } = edit();
    draft.body = 'Mine';
    draft.close();
    for (const other of [{ person: 'p2' }, { ticketId: 8 }, { kind: 'reply' }] as const) {
      expect(new ReplyDraft({ ...KEY, ...other }, sender, clock).body).toBe('');
    }
  });

  it('lives without storage', () => {
    Reflect.deleteProperty(globalThis, 'localStorage');
    const { draft } = edit();
    draft.body = 'Mine';
    draft.flush();
    expect(draft.body).toBe('Mine');
  });
});

describe('[D2] what is sent', () => {
  it('is stored until the server has acknowledged it', async () => {
    const { draft, sender } = edit();
    draft.body = ' Called them. ';
    const sent = draft.send();
    expect(draft.body).toBe('');
    expect(sender.calls[0]?.asked.slice(0, 2)).toEqual([7, { body: 'Called them.', internal: true }]);
    expect([...stored.values()].join()).toContain('Called them.');
    draft.body = 'The next';
    sender.calls[0]?.answer.resolve({ id: 1 } as Comment);
    await sent;
    expect(draft.content.value).toEqual({ body: 'The next', sent: null });
    draft.body = '';
    draft.flush();
    expect(stored.size).toBe(0);
  });

  it('is not sent when it is empty', async () => {
    const { draft, sender } = edit();
    draft.body = ' \n';
    expect(await draft.send()).toBeUndefined();
    expect(sender.calls).toHaveLength(0);
  });

  it('is left to the conversation when it is refused', async () => {
    const { draft, sender } = edit();
    draft.body = 'Called them.';
    const refused = expect(draft.send()).rejects.toMatchObject({ status: 403 });
    sender.calls[0]?.answer.reject(refusal(403, 'forbidden'));
    await refused;
    expect(draft.content.value).toEqual({ body: '', sent: null });
  });

  it('is left to the outbox after a reload, when that has it', async () => {
    const { draft, sender } = edit();
    draft.body = 'Called them.';
    void draft.send();
    sender.held.add(String(sender.calls[0]?.asked[2]));
    const again = edit(sender);
    await settled();
    expect(again.draft.content.value).toEqual({ body: '', sent: null });
  });

  it('is back after a reload otherwise, and goes again with the same op_id', async () => {
    const first = edit();
    first.draft.body = 'Called them.';
    void first.draft.send();
    const again = edit();
    await settled();
    expect(again.draft.body).toBe('Called them.');
    void again.draft.send();
    expect(again.sender.calls[0]?.asked).toEqual(first.sender.calls[0]?.asked);
  });
});
