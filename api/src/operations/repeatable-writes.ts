import { Injectable } from '@nestjs/common';

import type { Problem } from '../contract/problem.js';
import { Database, type Session } from '../database/database.js';
import { ProblemError } from '../problems/problem-error.js';
import { requestHash } from './request-hash.js';

/** A write as its caller named it. */
export interface Operation {
  /** Whose it is: nobody gets another's answer. Null: of somebody unknown, for whom nothing is stored. */
  readonly identity: string | null;
  /** Method and path. */
  readonly route: string;
  /** What the caller gave to make it repeatable; null: it is not. */
  readonly key: string | null;
  /** All that decides what the write does. */
  readonly request: unknown;
}

interface StoredOperation {
  readonly same: boolean;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * Runs each write once, however often it is called with the same key, and gives every call the same answer.
 * The key is taken in the write's own transaction, so the two are kept together or not at all, and a twin
 * under way is waited for by the table's primary key.
 */
@Injectable()
export class RepeatableWrites {
  constructor(private readonly database: Database) {}

  /**
   * @param work the write; what it throws as a problem of the caller's (4xx) is kept as its answer
   * @throws what `work` throws, then or now; ProblemError `op_id_reused` when the key belongs to another request
   */
  async run<Body>(operation: Operation, work: (session: Session) => Promise<Body>): Promise<Body> {
    const { identity, key } = operation;
    if (identity === null || key === null) return work(this.database);
    const id = [identity, operation.route, key, requestHash(operation.request)];
    const { status, answer } = await this.database.transaction(async (session) => {
      const earlier = await this.#claim(id, session);
      if (earlier !== null) return earlier;
      const made = await this.#answer(work, session);
      await session.query({
        name: 'operation-answer',
        text: `update operation set status = $4, answer = $5 where identity = $1 and route = $2 and key = $3`,
        values: [...id.slice(0, 3), made.status, JSON.stringify(made.answer)],
      });
      return made;
    });
    if (status < 400) return answer as Body;
    const { code, detail, ...extras } = answer as Problem;
    throw new ProblemError(code, detail, extras);
  }

  /** Takes the key, or gives the answer that it stands for. */
  async #claim(id: readonly unknown[], session: Session): Promise<StoredOperation | null> {
    const claimed = await session.query({
      name: 'operation-claim',
      text: `insert into operation (identity, route, key, body_hash) values ($1, $2, $3, $4)
             on conflict do nothing returning true`,
      values: [...id],
    });
    if (claimed.length > 0) return null;
    const [earlier] = await session.query<StoredOperation>({
      name: 'operation-earlier',
      text: `select body_hash = $4 as same, status, answer from operation
             where identity = $1 and route = $2 and key = $3`,
      values: [...id],
    });
    // Removed between the two statements, for its age: the next call takes the key.
    if (earlier === undefined)
      throw new ProblemError('unavailable', 'The stored answer has just expired; try again');
    if (!earlier.same) {
      throw new ProblemError(
        'op_id_reused',
        'This key belongs to a request with other values; take a new one',
      );
    }
    return earlier;
  }

  async #answer<Body>(
    work: (session: Session) => Promise<Body>,
    session: Session,
  ): Promise<{ status: number; answer: unknown }> {
    try {
      return { status: 200, answer: await work(session) };
    } catch (error) {
      const lasting =
        error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 429;
      if (!lasting) throw error;
      return { status: error.problem.status, answer: error.problem };
    }
  }
}
