import { describe, expect, it } from '@jest/globals';

import { readEnvironment } from '../config/environment.js';
import { modelSettings } from './model-settings.js';

const settingsOf = (source: NodeJS.ProcessEnv) => modelSettings(readEnvironment(source));

describe('modelSettings', () => {
  it('is off without a key and without a server', () => {
    expect(settingsOf({})).toBeNull();
    expect(settingsOf({ OPENAI_MODEL: 'gpt-x', GEMINI_MODEL: 'gemini-x' })).toBeNull();
  });

  it('asks OpenAI not to think and not to store', () => {
    expect(settingsOf({ OPENAI_API_KEY: 'k' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'k',
      optional: { temperature: 0, reasoning_effort: 'none' },
      optOutOfStorage: true,
    });
  });

  it('needs no key for a server of one’s own, and sends it nothing that only OpenAI knows', () => {
    const settings = settingsOf({ OPENAI_BASE_URL: 'http://localhost:11434/v1', OPENAI_MODEL: 'qwen' });
    expect(settings).toMatchObject({ apiKey: null, model: 'qwen', optOutOfStorage: false });
    expect(settings?.optional).not.toHaveProperty('reasoning_effort');
  });

  it('reaches Gemini through its compatible endpoint, unless OpenAI is set up', () => {
    expect(settingsOf({ GEMINI_API_KEY: 'g', GEMINI_MODEL: 'gemini-x' })).toMatchObject({
      baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai/',
      apiKey: 'g',
      model: 'gemini-x',
      optOutOfStorage: false,
    });
    expect(settingsOf({ GEMINI_API_KEY: 'g', OPENAI_API_KEY: 'k' })?.apiKey).toBe('k');
  });
});
