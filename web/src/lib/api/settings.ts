import type {
  ClassificationReport,
  ClassificationTest,
  PatchSettings,
  Settings,
  TestClassification,
} from '#contract/administration';

import { request } from './request.js';

/** For administrators. Every call throws what `request` throws. */
export const getSettings = (signal?: AbortSignal): Promise<Settings> =>
  request('GET', '/api/settings', { signal });

export const patchSettings = (patch: PatchSettings): Promise<Settings> =>
  request('PATCH', '/api/settings', { body: patch });

/** The language model: what is set, how it does, how often people chose otherwise. */
export const getClassification = (signal?: AbortSignal): Promise<ClassificationReport> =>
  request('GET', '/api/classification', { signal });

/** Calls the model once, whatever the switch says. */
export const testClassification = (test: TestClassification): Promise<ClassificationTest> =>
  request('POST', '/api/classification/test', { body: test });
