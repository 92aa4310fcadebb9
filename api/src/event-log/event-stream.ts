import { Injectable } from '@nestjs/common';

import { type Cursor, cursor as cursorSchema } from '../contract/cursor.js';
import type { EventPage, EventsQuery } from '../contract/queries.js';
import { Shutdown } from '../lifecycle/shutdown.js';
import { ProblemError } from '../problems/problem-error.js';
import { EventLog } from './event-log.js';
import { EventPages } from './event-pages.js';
import { cursorAfter } from './logged-event.js';

/** The log for scripts: a page at a time, from an opaque cursor on. */
@Injectable()
export class EventStream {
  constructor(
    private readonly log: EventLog,
    private readonly pages: EventPages,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * The events after `query.after`, at most `limit`; without `after` none, but the current position.
   * With `wait` it answers when the first event comes, when the seconds are over, when `gone` aborts, or when the
   * process is told to end.
   * @throws ProblemError `cursor_expired` when the position cannot be served whole, `invalid` when it is none
   */
  async page(query: EventsQuery, gone: AbortSignal): Promise<EventPage> {
    if (query.after === undefined) {
      await this.log.settled();
      return { events: [], next: encode(this.log.position) };
    }
    if (query.after === 'oldest') await this.pages.learnFloor();
    const { position, floor } = this.log;
    const after = query.after === 'oldest' ? { epoch: position.epoch, ...floor } : decode(query.after);
    const over = AbortSignal.any([gone, this.shutdown.signal]);
    await this.log.reach(after, () => !over.aborted);
    const refusal = await this.pages.refusal(after);
    if (refusal !== null) {
      throw new ProblemError(
        'cursor_expired',
        `Events after this position cannot be served whole (${refusal}); start anew`,
      );
    }
    await this.log.settled();
    await this.#waitForEvents(after, query.wait, over);
    const events = await this.pages.between(after, this.log.position.id, query.limit);
    if (events === null) {
      throw new ProblemError(
        'cursor_expired',
        'Events after this position cannot be served whole; start anew',
      );
    }
    const last = events.at(-1);
    const next = last === undefined ? after : cursorAfter(after.epoch, last);
    return { events: events.map(({ event }) => event), next: encode(next) };
  }

  async #waitForEvents(after: Cursor, seconds: number, over: AbortSignal): Promise<void> {
    if (seconds === 0 || this.log.position.id > after.id) return;
    const deadline = performance.now() + seconds * 1_000;
    const stopListening = this.log.listen();
    try {
      while (this.log.position.id <= after.id && this.log.position.epoch === after.epoch && !over.aborted) {
        const left = deadline - performance.now();
        if (left <= 0) return;
        await this.log.nextRead(Math.min(left, 1_000));
      }
    } finally {
      stopListening();
    }
  }
}

const encode = ({ epoch, id, mark }: Cursor): string => `${epoch}.${id}.${mark}`;

function decode(value: string): Cursor {
  const [epoch, id, mark, ...rest] = value.split('.');
  const parsed = cursorSchema.safeParse({
    epoch,
    id: /^\d{1,15}$/.test(id ?? '') ? Number(id) : Number.NaN,
    mark,
  });
  if (!parsed.success || rest.length > 0)
    throw ProblemError.field('after', 'is not a position that was given here');
  return parsed.data;
}
