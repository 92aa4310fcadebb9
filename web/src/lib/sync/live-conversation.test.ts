import { describe, expect, it } from '@jest/globals';

import type { Comment } from '#contract/comments';
import type { FeedEvent } from '#contract/events';

import { NetworkError } from '../api/errors.js';
import { MemoryShelf } from './memory-outbox.js';
import { Desk } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import { created, cursorAt, deleted, envelopeOf, OTHER_EPOCH, rowOf, ticketOf } from './testing/tickets.js';

const ME = 'p1';

function commentOf(id: number, fields: Partial<Comment> = {}): Comment {
  return {
    id,
    ticket_id: 1,
    author: { kind: 'agent', id: 'p2', name: 'Bob' },
    body: `Comment ${id}`,
    internal: false,
    created_at: '2026-11-21T09:00:00.000Z',
    ...fields,
  };
}
const mine = (id: number, body: string) =>
  commentOf(id, { body, author: { kind: 'agent', id: ME, name: 'Ada' } });

function said(id: number, comment: Comment): FeedEvent {
  const { ticket: _, ...event } = created(id, rowOf(comment.ticket_id));
  return { ...event, type: 'comment.created', version: null, comment };
}

const pageOf = (results: Comment[], next: string | null = null) => ({
  count: results.length,
  next,
  previous: null,
  results,
  as_of: cursorAt(10),
});

function conversationOf(desk: Desk) {
  const conversation = desk.client.conversation(1);
  /** What is shown: comments by id, pending ones by their text, failed ones marked. */
  const shown = () =>
    conversation.state.value.items.map((item) =>
      item.kind === 'comment' ? item.comment.id : `${item.pending.body}${item.pending.problem ? '!' : ''}`,
    );
  return { conversation, shown };
}

async function open(comments?: Comment[]) {
  const desk = await Desk.live([ticketOf(1)], { me: ME });
  const { conversation, shown } = conversationOf(desk);
  if (comments) await desk.commands.conversations[0]!.answer(pageOf(comments));
  const feed = (prev: number, ...events: FeedEvent[]) =>
    desk.transport.listener.feed(envelopeOf(prev, events));
  return { desk, conversation, shown, feed };
}

describe('[V1] a conversation', () => {
  it('is read page after page', async () => {
    const { desk, conversation, shown } = await open();
    expect(conversation.state.value.phase).toBe('loading');
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1), commentOf(2)], '/next'));
    expect(desk.commands.conversations[0]?.asked).toEqual({ ticketId: 1, link: '/next' });
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(3)]));
    expect(conversation.state.value.phase).toBe('ready');
    expect(shown()).toEqual([1, 2, 3]);
  });

  it('goes on with what is said, in the order of the ids', async () => {
    const { shown, feed } = await open([commentOf(1)]);
    feed(10, said(11, commentOf(4)), said(12, commentOf(3)), said(13, commentOf(9, { ticket_id: 2 })));
    expect(shown()).toEqual([1, 3, 4]);
  });

  it('loses nothing that is said while it is read, and shows nothing twice', async () => {
    const { desk, shown, feed } = await open();
    feed(10, said(11, commentOf(2)), said(12, commentOf(3)));
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1), commentOf(2)]));
    expect(shown()).toEqual([1, 2, 3]);
  });

  it('is read again after a new start, which may be another history', async () => {
    const { desk, shown, feed } = await open([commentOf(1), commentOf(2)]);
    const list = desk.client.list({});
    desk.transport.listener.reset({ reason: 'expired' });
    for (const call of [...desk.commands.lists]) await call.answer(listOf([ticketOf(1)], 50));
    desk.transport.ack('resume', cursorAt(50));
    expect(shown()).toEqual([1, 2]);
    feed(50, said(51, commentOf(5)));
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1)]));
    expect(shown()).toEqual([1, 5]);
    list.close();
  });

  it('[K10] is not read once more than the new start needs', async () => {
    const desk = new Desk({ me: ME });
    const list = desk.client.list({});
    const conversation = desk.client.conversation(1);
    expect(desk.commands.conversations).toHaveLength(0);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1)]));
    await desk.clock.pass(5_000);
    expect(conversation.state.value).toMatchObject({ phase: 'ready', items: [{ key: '1' }] });
    expect(desk.commands.conversations).toHaveLength(0);
    list.close();
  });

  it('[K10] is read without a position when that takes long, and once more when there is one', async () => {
    const desk = new Desk({ me: ME });
    const conversation = desk.client.conversation(1);
    await desk.clock.pass(300);
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1)]));
    expect(conversation.state.value).toMatchObject({ phase: 'ready', items: [{ key: '1' }] });
    desk.transport.listener.connected();
    desk.transport.ack('live', cursorAt(10));
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1), commentOf(2)]));
    expect(conversation.state.value.items).toHaveLength(2);
    expect(desk.commands.conversations).toHaveLength(0);
  });

  it('tells a failure, and goes on when it can be read', async () => {
    const { desk, conversation } = await open();
    await desk.commands.conversations[0]!.fail(new NetworkError('down'));
    expect(conversation.state.value).toMatchObject({ phase: 'loading', problem: { message: 'down' } });
    await desk.clock.pass(5_000);
    await desk.commands.conversations[0]!.fail(refusal(500, 'internal'));
    expect(conversation.state.value).toMatchObject({ phase: 'failed', problem: { status: 500 } });
    void conversation.refresh();
    await desk.commands.conversations[0]!.answer(pageOf([]));
    expect(conversation.state.value).toMatchObject({ phase: 'ready', problem: undefined });
  });

  it('is gone with its ticket, and shows how it last was', async () => {
    const { conversation, shown, feed } = await open([commentOf(1)]);
    feed(10, deleted(11, 1, 2));
    expect(conversation.state.value.phase).toBe('gone');
    expect(shown()).toEqual([1]);
  });

  it('stays gone when an answer from before comes after', async () => {
    const { desk, conversation, feed } = await open();
    feed(10, deleted(11, 1, 2));
    await desk.commands.conversations[0]!.answer(pageOf([commentOf(1)]));
    expect(conversation.state.value.phase).toBe('gone');
  });

  it('is gone when the server says so', async () => {
    const { desk, conversation } = await open();
    await desk.commands.conversations[0]!.fail(refusal(410, 'gone'));
    expect(conversation.state.value.phase).toBe('gone');
  });

  it('once closed asks no more', async () => {
    const { desk, conversation } = await open();
    conversation.close();
    expect(desk.commands.conversations[0]!.signal?.aborted).toBe(true);
    await desk.commands.conversations[0]!.fail(new NetworkError('aborted'));
    await desk.clock.pass(10_000);
    expect(desk.commands.conversations).toHaveLength(0);
  });
});

describe("[V2] one's own comment", () => {
  const hello = { body: 'Hello', internal: false };

  it('is there at once, and stays once when it is answered before its event', async () => {
    const { desk, shown, feed } = await open([commentOf(1)]);
    const sent = desk.client.comment(1, hello);
    expect(shown()).toEqual([1, 'Hello']);
    await desk.clock.pass(0);
    expect(desk.commands.comments[0]?.asked).toEqual({
      ticketId: 1,
      comment: { ...hello, op_id: 'op-1' },
    });
    await desk.commands.comments[0]!.answer(mine(2, 'Hello'));
    expect(await sent).toMatchObject({ id: 2 });
    expect(shown()).toEqual([1, 2]);
    feed(10, said(11, mine(2, 'Hello')));
    expect(shown()).toEqual([1, 2]);
  });

  it('stays once when its event comes before its answer', async () => {
    const { desk, shown, feed } = await open([]);
    void desk.client.comment(1, hello);
    await desk.clock.pass(0);
    feed(10, said(11, mine(2, 'Hello')));
    expect(shown()).toEqual(['Hello']);
    await desk.commands.comments[0]!.answer(mine(2, 'Hello'));
    expect(shown()).toEqual([2]);
  });

  it("is not taken for an earlier one, nor for somebody else's, of the same words", async () => {
    const { desk, shown, feed } = await open([mine(1, 'Hello')]);
    void desk.client.comment(1, hello);
    expect(shown()).toEqual([1, 'Hello']);
    feed(10, said(11, commentOf(2, { body: 'Hello' })));
    expect(shown()).toEqual([1, 2, 'Hello']);
  });

  it('is told from another one of the same words by its answer', async () => {
    const { desk, shown, feed } = await open([]);
    void desk.client.comment(1, hello);
    await desk.clock.pass(0);
    // From another tab of the same person.
    feed(10, said(11, mine(2, 'Hello')));
    await desk.commands.comments[0]!.answer(mine(3, 'Hello'));
    expect(shown()).toEqual([2, 3]);
  });

  it('answered by a history that is over is not shown in the one that came after', async () => {
    const { desk, shown } = await open([]);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    void desk.client.comment(1, hello);
    await desk.clock.pass(0);
    desk.transport.listener.reset({ reason: 'another history' });
    const asOf = cursorAt(3, OTHER_EPOCH);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 3, { as_of: asOf }));
    await desk.commands.conversations.at(-1)!.answer(pageOf([]));
    expect(shown()).toEqual(['Hello']);
    await desk.commands.comments[0]!.answer(mine(7, 'Hello'));
    expect(shown()).toEqual([]);
    list.close();
  });

  it('left over by an earlier page, stays when the first list comes before its answer', async () => {
    const shelf = new MemoryShelf();
    const before = await Desk.live([ticketOf(1)], { me: ME, outbox: shelf.tab() });
    void before.client.comment(1, hello);
    await before.clock.pass(0);
    await before.commands.comments[0]!.fail(new NetworkError('down'));
    before.client.close();
    const desk = new Desk({ me: ME, outbox: shelf.tab() });
    const { shown } = conversationOf(desk);
    const list = desk.client.list({});
    await desk.clock.pass(0);
    expect(desk.commands.comments).toHaveLength(1);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    await desk.commands.conversations[0]!.answer(pageOf([]));
    expect(shown()).toEqual(['Hello']);
    await desk.commands.comments[0]!.answer(mine(7, 'Hello'));
    expect(shown()).toEqual([7]);
    // Which history has taken it nobody knows: the conversation says whether it is there.
    await desk.commands.conversations[0]!.answer(pageOf([]));
    expect(shown()).toEqual([]);
    list.close();
  });

  it('refused, stays to be sent again', async () => {
    const { desk, shown } = await open([]);
    const refused = expect(desk.client.comment(1, hello)).rejects.toMatchObject({ status: 403 });
    await desk.clock.pass(0);
    await desk.commands.comments[0]!.fail(refusal(403, 'forbidden'));
    await refused;
    expect(shown()).toEqual(['Hello!']);
    void desk.client.retryComment('op-1');
    expect(shown()).toEqual(['Hello']);
    await desk.clock.pass(0);
    // The refusal is the stored answer to the first op_id.
    expect(desk.commands.comments[0]?.asked.comment.op_id).toBe('op-2');
  });

  it('after a fault is sent again with the same op_id', async () => {
    const { desk } = await open([]);
    const refused = expect(desk.client.comment(1, hello)).rejects.toMatchObject({ status: 500 });
    await desk.clock.pass(0);
    await desk.commands.comments[0]!.fail(refusal(500, 'internal'));
    await refused;
    void desk.client.retryComment('op-1');
    await desk.clock.pass(0);
    expect(desk.commands.comments[0]?.asked.comment.op_id).toBe('op-1');
  });

  it('refused, can be discarded', async () => {
    const { desk, shown } = await open([]);
    const refused = expect(desk.client.comment(1, hello)).rejects.toThrow();
    await desk.clock.pass(0);
    desk.client.discardComment('op-1');
    expect(shown()).toEqual(['Hello']);
    await desk.commands.comments[0]!.fail(refusal(410, 'gone'));
    await refused;
    desk.client.discardComment('op-1');
    expect(shown()).toEqual([]);
  });

  it('goes after what was changed of the ticket before it', async () => {
    const { desk } = await open([]);
    void desk.client.patch(1, { status: 'resolved' });
    void desk.client.comment(1, hello);
    await desk.clock.pass(0);
    expect(desk.commands.comments).toHaveLength(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'resolved' }));
    expect(desk.commands.comments).toHaveLength(1);
  });
});

describe('[L9] the assignees', () => {
  it('are read, and again when somebody has changed', async () => {
    const desk = await Desk.live();
    const assignees = desk.client.assignees();
    await desk.commands.assignees[0]!.answer({ results: [{ id: 'p1', name: 'Ada' }] });
    expect(assignees.state.value).toMatchObject({ phase: 'ready', people: [{ name: 'Ada' }] });
    const event: FeedEvent = {
      ...said(11, commentOf(1)),
      type: 'person.updated',
      ticket_id: null,
      person: { id: 'p1', name: 'Ada L.' },
    };
    desk.transport.listener.feed(envelopeOf(10, [event]));
    await desk.commands.assignees[0]!.answer({ results: [{ id: 'p1', name: 'Ada L.' }] });
    expect(assignees.state.value.people).toEqual([{ id: 'p1', name: 'Ada L.' }]);
    assignees.close();
  });
});
