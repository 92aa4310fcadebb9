import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';

import { classifyResult } from '../contract/classification.js';
import { SharedSecret } from '../database/shared-secret.js';
import { SuggestionError } from './classification.errors.js';

export const suggestion = classifyResult.omit({ suggestion: true });

/** What was suggested for a description, by the model or in its place. */
export type Suggestion = z.infer<typeof suggestion>;

const LIFE_MS = 24 * 60 * 60 * 1_000;

const claims = z.object({
  ...suggestion.shape,
  /** Hash of the description that it was made for. */
  description: z.string(),
  /** Milliseconds since 1970. */
  issued_at: z.number(),
});

/**
 * Makes and checks the proof that a suggestion was made here, for this very text: `payload.signature`, both
 * base64url, HMAC-SHA256 over the payload. It carries the suggestion itself, so nothing needs to be stored.
 */
@Injectable()
export class SuggestionSigner implements OnApplicationBootstrap {
  constructor(private readonly secret: SharedSecret) {}

  /** Fetched before the first request: classifying must not fail later because the database is away. */
  async onApplicationBootstrap(): Promise<void> {
    await this.secret.key();
  }

  /** @returns a token of at most about 1,700 characters, good for 24 hours and any number of uses */
  async sign(made: Suggestion, description: string): Promise<string> {
    const payload = Buffer.from(
      JSON.stringify({ ...made, description: hash(description), issued_at: Date.now() }),
    ).toString('base64url');
    return `${payload}.${(await this.signature(payload)).toString('base64url')}`;
  }

  /**
   * @param description as it is to be stored: the text that was classified, trimmed
   * @returns the suggestion as it was made
   * @throws SuggestionError when the token is not ours, older than 24 hours or for another text
   */
  async verify(token: string, description: string): Promise<Suggestion> {
    const [payload = '', signature = '', ...more] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const due = await this.signature(payload);
    const genuine = more.length === 0 && given.length === due.length && timingSafeEqual(given, due);
    const read = claims.safeParse(genuine ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : null);
    if (!read.success) throw new SuggestionError('invalid');
    const { description: madeFor, issued_at: issuedAt, ...made } = read.data;
    if (Date.now() - issuedAt > LIFE_MS) throw new SuggestionError('expired');
    if (madeFor !== hash(description)) throw new SuggestionError('other_description');
    return made;
  }

  private async signature(payload: string): Promise<Buffer> {
    return createHmac('sha256', await this.secret.key())
      .update(payload)
      .digest();
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
