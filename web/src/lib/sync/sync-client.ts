import type { Comment } from '#contract/comments';
import type { Cursor } from '#contract/cursor';
import type { Stats } from '#contract/stats';
import type { PersonRef, Ticket } from '#contract/ticket';

import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { systemClock, type Clock } from './clock.js';
import { Conflicts, type Conflict } from './conflicts.js';
import { Delivery } from './delivery.js';
import { Feed } from './feed.js';
import { Followers } from './followers.js';
import type { LiveAssignees } from './live-assignees.js';
import type { LiveConversation } from './live-conversation.js';
import type { LiveList } from './live-list.js';
import type { LiveTicket } from './live-ticket.js';
import { MemoryShelf } from './memory-outbox.js';
import { newOpId } from './op-id.js';
import { Outbox } from './outbox.js';
import type { TicketChanges, TicketView } from './pending-changes.js';
import { PendingComments } from './pending-comments.js';
import { nobody, withPresence, type Presence } from './presence-map.js';
import { PresenceSender, type PresenceState } from './presence-sender.js';
import { Reader, type Source } from './reader.js';
import { Reports, type Report } from './reports.js';
import { SessionGate } from './session-gate.js';
import type { Sight } from './sight.js';
import { Signal, type Readable } from './signal.js';
import { StatsTracker } from './stats-tracker.js';
import type { SyncOptions } from './sync-options.js';
import type { SyncStatus } from './sync-status.js';
import { TicketStore } from './ticket-store.js';
import { UndoLog, type TakenBack } from './undo-log.js';
import type { Unsent } from './unsent.js';
import { Writer } from './writer.js';

const MOST_TICKETS = 10_000;
/** How often it is looked whether another tab has gone and left something to be sent. */
const ADOPT_EVERY_MS = 30_000;

/**
 * The live copy of the desk that a screen shows: tickets and figures that follow the log, changes shown at
 * once and sent until they are answered, also after a reload, the state of the connection. SPEC.md says how
 * it behaves.
 *
 * In the phase `signed_out` it stands still, and keeps everything: `start` goes on once the same person has
 * signed in again. For another person: `close`, and another client.
 */
export class SyncClient {
  /** The changes refused because others had changed the same; decided by `resolve`. */
  readonly conflicts: Readable<readonly Conflict[]>;
  /** Fulfilled when `start` has taken up what earlier pages of this person left unsent. */
  readonly restored: Promise<void>;
  readonly #restored = Promise.withResolvers<void>();
  readonly #options: SyncOptions;
  readonly #clock: Clock;
  readonly #store: TicketStore;
  readonly #figures = new StatsTracker();
  readonly #gate = new SessionGate();
  readonly #followers: Followers;
  readonly #comments = new PendingComments();
  readonly #undoLog = new UndoLog();
  readonly #reports = new Reports();
  readonly #reader: Reader;
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  readonly #writer: Writer;
  readonly #feed: Feed;
  readonly #presenceSender: PresenceSender;
  readonly #status: Signal<SyncStatus>;
  readonly #stats = new Signal<Stats | undefined>(undefined);
  readonly #presence = new Signal<Presence>(nobody);
  readonly #unsent = new Signal<readonly Unsent[]>([]);
  #cancelAdopting: (() => void) | undefined;

  constructor(options: SyncOptions) {
    const { commands, transport, me, clock = systemClock, mostTickets = MOST_TICKETS } = options;
    this.#options = options;
    this.#clock = clock;
    const store = new TicketStore(mostTickets, (id) => this.#followers.hold(id));
    this.#store = store;
    this.#reader = new Reader(store, clock, this.#gate, {
      positioned: () => this.#feed.positioned(),
      suspect: () => this.#feed.suspect(),
      signedOut: () => this.signedOut(''),
    });
    this.#followers = new Followers({
      reader: this.#reader,
      store,
      commands,
      pending: this.#comments.all,
      me,
    });
    this.#delivery = new Delivery({
      clock,
      gate: this.#gate,
      isStillMe: options.isStillMe ?? (() => true),
      signedOut: () => this.signedOut(''),
    });
    this.#outbox = new Outbox({
      storage: options.outbox ?? new MemoryShelf().tab(),
      person: me ?? '',
      clock,
      newOpId: options.newOpId ?? newOpId,
    });
    const conflicts = new Conflicts();
    this.#writer = new Writer(
      {
        store,
        reader: this.#reader,
        commands,
        outbox: this.#outbox,
        delivery: this.#delivery,
        conflicts,
        comments: this.#comments,
        undoLog: this.#undoLog,
        reports: this.#reports,
        commented: (opId, comment, by) => {
          // The conversation has it before it stops being on its way: nothing flickers.
          if (by !== 'over') this.#followers.commented(opId, comment, by === 'unknown');
          this.#comments.remove(opId);
        },
      },
      () => this.#counted(),
    );
    this.conflicts = conflicts.all;
    this.restored = this.#restored.promise;
    this.#presenceSender = new PresenceSender((message) => transport.presence(message), clock);
    this.#feed = this.#makeFeed(clock);
    this.#status = new Signal(this.#statusNow());
    store.changes.listen((change) => {
      for (const event of change.events) this.#undoLog.witness(event, me);
      this.#followers.changed(change);
    });
  }

  get status(): Readable<SyncStatus> {
    return this.#status;
  }

  /** The desk's figures, at the position `as_of`; undefined before the first ones. */
  get stats(): Readable<Stats | undefined> {
    return this.#stats;
  }

  /** Who else is at which ticket; nobody without a connection. */
  get presence(): Readable<Presence> {
    return this.#presence;
  }

  /** What the person did and has no answer yet, in the order it was made. */
  get unsent(): Readable<readonly Unsent[]> {
    return this.#unsent;
  }

  /** Whether everything without an answer would survive the page. */
  get isDurable(): boolean {
    return this.#outbox.isDurable;
  }

  /** The position in the log up to which every change is in; undefined before the first and after a reset. */
  get position(): Cursor | undefined {
    return this.#store.replica.cursor;
  }

  /**
   * Connects, and stays connected until `stop`; takes up what earlier pages of this person left unsent.
   * To be called again after `ended`, and after `signed_out` once the same person has signed in.
   */
  start(): void {
    this.#gate.open();
    this.#feed.start();
    this.#adopt();
  }

  /** Leaves the server. Changes without an answer are still sent until they have one. */
  stop(): void {
    this.#cancelAdopting?.();
    this.#feed.stop();
  }

  /** Ends it for good: nothing is sent any more, and what is stored waits for its person's next client. */
  close(): void {
    this.stop();
    this.#delivery.close();
    this.#outbox.close();
  }

  /** Nobody is signed in any more, the app has learnt. Everything stands still until `start`. */
  signedOut(reason: string): void {
    this.#feed.signedOut(reason);
  }

  /** A ticket as it is shown; the same object until it changes. Undefined: not known here, or deleted. */
  view(id: number): TicketView | undefined {
    return this.#store.view(id);
  }

  /** All tickets known here, in no order. */
  ids(): Iterable<number> {
    return this.#store.ids();
  }

  /**
   * Called once for each envelope, answer or act that changes what is shown, after lists and tickets
   * have taken it in; returns how to stop.
   */
  onChange(listener: (change: Change) => void): () => void {
    return this.#store.changes.listen(listener);
  }

  /**
   * Called with what became of changes that nobody waits for, since they were made before a reload: also
   * those of before it was called. One listener at a time; returns how to stop.
   */
  onReport(listener: (report: Report) => void): () => void {
    return this.#reports.listen(listener);
  }

  /** A list that stays current, until its `close`. */
  list(params: ListTicketsParams): LiveList {
    return this.#followers.list(params);
  }

  /** A ticket with its description that stays current, until its `close`. */
  ticket(id: number): LiveTicket {
    return this.#followers.ticket(id);
  }

  /** The comments of a ticket, the person's own unsent ones among them, until its `close`. */
  conversation(ticketId: number): LiveConversation {
    return this.#followers.conversation(ticketId);
  }

  /** Who can be given a ticket, until its `close`. */
  assignees(): LiveAssignees {
    return this.#followers.assignees();
  }

  /** Reads something else that holds tickets, once, and merges them. Throws what `source.fetch` throws. */
  read<Answer>(source: Source<Answer>, signal?: AbortSignal): Promise<Answer> {
    return this.#reader.read(source, signal ? { signal } : {});
  }

  /**
   * Begins a first read of something that is continued from `onChange`, and read again by whoever hears there
   * of a mooring, as soon as that makes sense. Returns how to call it off.
   */
  readFirst(read: () => void): () => void {
    return this.#reader.first(read);
  }

  /** What the person sees of these tickets now, for `patch` to be based on later. To be closed. */
  look(ids: readonly number[]): Sight {
    return this.#writer.look(ids);
  }

  /**
   * Changes a ticket: shown at once, sent until it is answered.
   *
   * @param act any new id: what has the same one is taken back together; absent: it is an act by itself
   * @param sight what the person saw when they decided; absent: what they see now
   * @returns the ticket as answered
   * @throws ProblemError when the server refuses, OutdatedError after a day; what is shown is taken back
   * then. A conflict is in `conflicts` too. OtherHistoryError when a backup has come back since the sight,
   * and what is changed is not as it was seen
   */
  patch(id: number, changes: TicketChanges, act?: string, sight?: Sight): Promise<Ticket> {
    return this.#writer.patch(id, changes, act, sight);
  }

  /** Deletes a ticket in the same way. */
  delete(id: number): Promise<void> {
    return this.#writer.delete(id);
  }

  /**
   * Takes a ticket that nobody has: shown at once, sent until it is answered. Who is first only the server knows.
   *
   * @param by the person themselves
   * @param act as of `patch`
   * @throws as `patch`: `already_claimed` with the `holder`, when somebody was quicker
   */
  claim(id: number, by: PersonRef, act?: string): Promise<Ticket> {
    return this.#writer.claim(id, by, act);
  }

  /**
   * Decides a conflict: what nobody else touched is sent again, and of the rest the fields to be kept.
   *
   * @param keep "Keep mine": all its fields; "Take theirs": none
   * @param act as of `patch`
   * @returns the ticket as answered; undefined when there was nothing to send
   * @throws as `patch`; somebody may have changed the same once more
   */
  resolve(
    { opId }: Pick<Conflict, 'opId'>,
    keep: readonly string[],
    act?: string,
  ): Promise<Ticket | undefined> {
    return this.#writer.resolve(opId, keep, act);
  }

  /** The person's last act that `undo` can take back; undefined: there is none. */
  get lastAct(): string | undefined {
    return this.#writer.undo.lastAct;
  }

  /**
   * Takes back one of the person's own acts as a whole, but for the fields that somebody touched since: they
   * stay as they are. What was not sent is given up.
   *
   * @returns what came of each of its changes; empty: there was nothing to take back
   */
  undo(act: string): Promise<readonly TakenBack[]> {
    return this.#writer.undo.takeBack(act);
  }

  /**
   * Adds a comment: in the conversation at once, sent until it is answered.
   *
   * @param opId of an earlier sending of the same text whose fate is unknown; it is not added twice then
   * @throws ProblemError when it is refused; the conversation keeps it for `retryComment`, `discardComment`
   */
  comment(ticketId: number, comment: { body: string; internal: boolean }, opId?: string): Promise<Comment> {
    return this.#writer.comment(ticketId, comment, opId);
  }

  /** Gives up something unsent; a try whose answer is missing may have carried it out all the same. */
  discard(opId: string): void {
    this.#writer.discard(opId);
  }

  /** Sends a refused comment again; undefined when there is none. Throws as `comment`. */
  retryComment(opId: string): Promise<Comment | undefined> {
    return this.#writer.retryComment(opId);
  }

  discardComment(opId: string): void {
    this.#writer.discardComment(opId);
  }

  /** Whether a comment is on its way or was refused. */
  hasComment(opId: string): boolean {
    return this.#comments.get(opId) !== undefined;
  }

  /** Where the person is, for others to see; null: at no ticket. */
  beAt(state: PresenceState | null): void {
    this.#presenceSender.set(state);
  }

  /** Whether the page is out of sight. */
  hide(isHidden: boolean): void {
    this.#presenceSender.hide(isHidden);
  }

  #adopt(): void {
    this.#cancelAdopting?.();
    this.#cancelAdopting = this.#clock.after(ADOPT_EVERY_MS, () => this.#adopt());
    void this.#writer.adopt().then(this.#restored.resolve);
  }

  #makeFeed(clock: Clock): Feed {
    const { transport, me, channel = 'board' } = this.#options;
    const parts = { transport, clock, channel, store: this.#store, stats: this.#figures };
    return new Feed(parts, {
      status: () => this.#showStatus(),
      stats: () => this.#stats.set(this.#figures.value),
      presence: (message) => this.#presence.set(withPresence(this.#presence.value, message, me)),
      opened: () => {
        this.#presence.set(nobody);
        this.#presenceSender.opened();
        this.#delivery.wake();
        // The page before this one may have let go of its writes only now.
        this.#adopt();
      },
      beat: () => this.#presenceSender.beat(),
      adrift: (delayMs) => this.#followers.reread(delayMs),
      signedOut: () => this.#gate.shut(),
      awaitsPosition: () => this.#reader.awaitsPosition,
    });
  }

  #counted(): void {
    this.#unsent.set(this.#writer.unsent);
    this.#showStatus();
  }

  #showStatus(): void {
    if (!this.#feed.isConnected) this.#presence.set(nobody);
    const status = this.#statusNow();
    const keys = Object.keys(status) as (keyof SyncStatus)[];
    if (keys.some((key) => status[key] !== this.#status.value[key])) this.#status.set(status);
  }

  #statusNow(): SyncStatus {
    const { phase, endReason } = this.#feed;
    const { isStale: stale, latencyMs, lastBeatAt } = this.#feed.health;
    const { unanswered, waiting } = this.#writer;
    return { phase, stale, latencyMs, lastBeatAt, unanswered, waiting, endReason };
  }
}
