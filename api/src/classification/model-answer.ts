import { z } from 'zod';

import { category, priority, REASON_MAX } from '../contract/ticket.js';
import { ModelError } from './classification.errors.js';
import type { ModelAnswer } from './classification-model.js';
import { plainText } from './plain-text.js';

/** What is read of a chat completion; servers add much more. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

const answer = z.strictObject({
  category,
  priority,
  confidence: z.unknown().refine((value) => value !== undefined),
  reason: z.string(),
});

/**
 * The answer in a chat completion, taken only if it is exactly what was asked for: nobody's text gets a
 * value in that is not in the lists.
 * @param received the server's body, of whatever shape
 * @throws ModelError `malformed`, `refused` or `invalid`
 */
export function readAnswer(received: unknown): ModelAnswer {
  const envelope = completion.safeParse(received);
  const choice = envelope.data?.choices[0];
  if (choice === undefined) throw new ModelError('malformed', 'not a chat completion');
  if (choice.message.refusal) throw new ModelError('refused');
  if (choice.finish_reason !== 'stop') throw new ModelError('refused', finishReason(choice.finish_reason));
  const fields = answer.safeParse(parse(choice.message.content ?? ''));
  if (!fields.success) throw new ModelError('invalid', faultyFields(fields.error));
  return {
    category: fields.data.category,
    priority: fields.data.priority,
    confidence: share(fields.data.confidence),
    reason: plainText(fields.data.reason, REASON_MAX),
  };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new ModelError('invalid', 'not JSON');
  }
}

const share = (value: unknown) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : null);

/** Known words only: the detail is logged, and the server may have put anything there. */
function finishReason(reason: string): string {
  return ['length', 'content_filter', 'tool_calls'].includes(reason) ? reason : 'unknown finish_reason';
}

/** Names of our own fields; one that the model made up is not repeated. */
function faultyFields(error: z.ZodError): string {
  const names = error.issues.map((issue) => (issue.path.length > 0 ? issue.path.join('.') : issue.code));
  return [...new Set(names)].join(', ');
}
