import { z } from 'zod';

import { actor } from './actor.js';
import { CATEGORIES, classification, description } from './ticket.js';
import { instant } from './text.js';
import { AUDIT_ACTIONS } from './values.js';

export const auditEntry = z
  .object({
    id: z.number().int().positive(),
    at: instant,
    actor,
    action: z.enum(AUDIT_ACTIONS),
    target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }).nullable(),
    details: z.record(z.string(), z.unknown()),
    address: z.string().nullable().meta({ description: 'The network address that it came from.' }),
  })
  .meta({ id: 'AuditEntry' });

/** What administrators can change while the desk runs. */
export const settings = z.object({ classification_enabled: z.boolean() }).meta({ id: 'Settings' });
export const patchSettings = z
  .strictObject({ classification_enabled: z.boolean().optional() })
  .meta({ id: 'PatchSettings' });

/** The language model as it is set and as it does; secrets are never told. */
export const classificationReport = z
  .object({
    enabled: z.boolean(),
    provider: z
      .enum(['openai', 'compatible', 'gemini'])
      .nullable()
      .meta({ description: 'Null: none is set.' }),
    model: z.string().nullable(),
    state: z.enum(['up', 'down', 'off']),
    days: z.number().int().meta({ description: 'The outcomes are of tickets created in so many last days.' }),
    outcomes: z.array(
      z.object({
        category: z.enum(CATEGORIES).meta({ description: 'As the model said.' }),
        accepted: z.number().int().meta({ description: 'The ticket still has what the model said.' }),
        overridden: z.number().int().meta({ description: 'Somebody chose another category or priority.' }),
      }),
    ),
  })
  .meta({ id: 'ClassificationReport' });

export const testClassification = z.strictObject({ description }).meta({ id: 'TestClassification' });
/** What one call of the model gave, past breaker and switch; `error` says in a sentence why it gave nothing. */
export const classificationTest = z
  .object({
    result: classification
      .pick({ category: true, priority: true, confidence: true, reason: true })
      .nullable(),
    error: z.string().nullable(),
    latency_ms: z.number(),
  })
  .meta({ id: 'ClassificationTest' });

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export type AuditEntry = z.infer<typeof auditEntry>;
export type Settings = z.infer<typeof settings>;
export type PatchSettings = z.infer<typeof patchSettings>;
export type ClassificationReport = z.infer<typeof classificationReport>;
export type TestClassification = z.infer<typeof testClassification>;
export type ClassificationTest = z.infer<typeof classificationTest>;
