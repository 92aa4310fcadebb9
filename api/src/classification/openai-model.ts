import OpenAI, { APIError } from 'openai';

import { boundedFetch } from './bounded-fetch.js';
import { ClassificationModel, type ModelAnswer } from './classification-model.js';
import { readAnswer } from './model-answer.js';
import { ANSWER_FORMAT, messagesFor } from './model-prompt.js';
import type { ModelSettings, OptionalParameters } from './model-settings.js';
import { toModelError } from './openai-errors.js';

/** A completion takes about 1 KB; this is for servers that add much of their own. */
const BODY_MAX_BYTES = 256 * 1_024;
const RETRIES = 2;

/** Asks OpenAI, Gemini through its compatible endpoint, or any server that speaks chat completions. */
export class OpenAiModel extends ClassificationModel {
  readonly name: string;
  readonly #client: OpenAI;
  #optional: OptionalParameters;

  /** @param timeoutMs the caller's deadline: no single wait is longer; `signal` ends them all together */
  constructor(
    private readonly settings: ModelSettings,
    timeoutMs: number,
  ) {
    super();
    this.name = settings.model;
    this.#optional = settings.optional;
    this.#client = new OpenAI({
      baseURL: settings.baseUrl,
      apiKey: settings.apiKey ?? 'none',
      // Else the SDK takes them from the environment, and sends OpenAI's to Gemini too.
      organization: null,
      project: null,
      ...(settings.apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
      timeout: timeoutMs,
      maxRetries: RETRIES,
      // At `debug` (OPENAI_LOG) the SDK would write tickets to the console.
      logLevel: 'off',
      fetch: boundedFetch({ maxBytes: BODY_MAX_BYTES, maxWaitMs: timeoutMs / 2 }),
    });
  }

  override async classify(description: string, { signal }: { signal: AbortSignal }): Promise<ModelAnswer> {
    // Ends: each round sends one parameter less than the one before.
    for (;;) {
      const sent = this.#optional;
      try {
        return readAnswer(await this.complete(description, sent, signal));
      } catch (error) {
        const refused = refusedParameter(error, sent);
        if (refused === undefined) throw toModelError(error);
        this.#optional = without(this.#optional, refused);
      }
    }
  }

  private complete(description: string, optional: OptionalParameters, signal: AbortSignal): Promise<unknown> {
    return this.#client.chat.completions.create(
      {
        model: this.settings.model,
        messages: messagesFor(description),
        response_format: ANSWER_FORMAT,
        ...optional,
        ...(this.settings.optOutOfStorage ? { store: false } : {}),
      },
      { signal },
    );
  }
}

/**
 * Models differ in what they allow (many take no `temperature` but the default, others know no
 * `reasoning_effort`) and say so with a 400 that names the parameter. It is then left out for good.
 */
function refusedParameter(error: unknown, sent: OptionalParameters): keyof OptionalParameters | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined;
  const names = Object.keys(sent) as (keyof OptionalParameters)[];
  return names.find((name) => error.param === name || new RegExp(`['"\`]${name}['"\`]`).test(error.message));
}

function without(parameters: OptionalParameters, name: keyof OptionalParameters): OptionalParameters {
  const { [name]: _, ...rest } = parameters;
  return rest;
}
