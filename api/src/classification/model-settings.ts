import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';

import type { Environment } from '../config/environment.js';

/** Parameters that make answers short and steady. A server may refuse any of them: see OpenAiModel. */
export type OptionalParameters = Pick<
  ChatCompletionCreateParamsNonStreaming,
  'temperature' | 'reasoning_effort' | 'max_completion_tokens'
>;

export interface ModelSettings {
  /** Whose server: OpenAI's own, Gemini's, or another that speaks OpenAI's protocol. */
  readonly provider: 'openai' | 'compatible' | 'gemini';
  readonly baseUrl: string;
  /** Null: a server that wants none. */
  readonly apiKey: string | null;
  readonly model: string;
  readonly optional: OptionalParameters;
  /** Asks the provider not to keep the text; only where the parameter is known (Gemini refuses it). */
  readonly optOutOfStorage: boolean;
}

const OPENAI_URL = 'https://api.openai.com/v1';
const GEMINI_URL = 'https://generativelanguage.googleapis.com/v1beta/openai/';
const OPENAI_MODEL = 'gpt-6-luna';
const GEMINI_MODEL = 'gemini-flash-lite-latest';

/** An answer has about 100 tokens; the rest is room for a model that cannot be kept from thinking. */
const STEADY: OptionalParameters = { temperature: 0, max_completion_tokens: 1_024 };

/** Injection token of the ModelSettings, or null when no model is set up. */
export const MODEL_SETTINGS = Symbol('ModelSettings');

/** Which model to ask by the settings, or null when none is set up. OpenAI's wins over Gemini's. */
export function modelSettings(environment: Environment): ModelSettings | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL: openAiModel } = environment;
  if (OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined) {
    const official = OPENAI_BASE_URL === undefined;
    return {
      provider: official ? 'openai' : 'compatible',
      baseUrl: OPENAI_BASE_URL ?? OPENAI_URL,
      apiKey: OPENAI_API_KEY ?? null,
      model: openAiModel ?? OPENAI_MODEL,
      optional: official ? { ...STEADY, reasoning_effort: 'none' } : STEADY,
      optOutOfStorage: official,
    };
  }
  if (environment.GEMINI_API_KEY !== undefined) {
    return {
      provider: 'gemini',
      baseUrl: GEMINI_URL,
      apiKey: environment.GEMINI_API_KEY,
      model: environment.GEMINI_MODEL ?? GEMINI_MODEL,
      optional: STEADY,
      optOutOfStorage: false,
    };
  }
  return null;
}
