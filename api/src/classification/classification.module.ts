import { Module } from '@nestjs/common';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { Database } from '../database/database.js';
import { SharedSecret } from '../database/shared-secret.js';
import { RuntimeSettingsModule } from '../runtime-settings/runtime-settings.module.js';
import { BackgroundDatabase } from './background-database.js';
import { ClassificationAdminController } from './classification-admin.controller.js';
import { ClassificationController } from './classification.controller.js';
import { ClassificationService } from './classification.service.js';
import { ClassificationMetrics } from './classification-metrics.js';
import { ClassificationModel } from './classification-model.js';
import { ClassificationQueue } from './classification-queue.js';
import { ClassificationReporter } from './classification-report.js';
import { MODEL_LIMITS, modelLimits } from './model-guard.js';
import { MODEL_SETTINGS, type ModelSettings, modelSettings } from './model-settings.js';
import { ModelTrial } from './model-trial.js';
import { OpenAiModel } from './openai-model.js';
import { QUEUE_PACE, queuePace } from './queue-pace.js';
import { SuggestionSigner } from './suggestion-signer.js';

/** Needs ENVIRONMENT, DATABASE_CONNECTION and Database from global modules. */
@Module({
  imports: [RuntimeSettingsModule],
  controllers: [ClassificationController, ClassificationAdminController],
  providers: [
    { provide: MODEL_SETTINGS, inject: [ENVIRONMENT], useFactory: modelSettings },
    {
      provide: ClassificationModel,
      inject: [MODEL_SETTINGS, ENVIRONMENT],
      useFactory: (settings: ModelSettings | null, { CLASSIFY_TIMEOUT_MS }: Environment) =>
        settings && new OpenAiModel(settings, CLASSIFY_TIMEOUT_MS),
    },
    {
      provide: MODEL_LIMITS,
      inject: [ENVIRONMENT],
      useFactory: ({ CLASSIFY_TIMEOUT_MS }: Environment) => modelLimits(CLASSIFY_TIMEOUT_MS),
    },
    {
      provide: QUEUE_PACE,
      inject: [ENVIRONMENT],
      useFactory: ({ CLASSIFY_TIMEOUT_MS }: Environment) => queuePace(CLASSIFY_TIMEOUT_MS),
    },
    {
      provide: SharedSecret,
      inject: [Database],
      useFactory: ({ execute }: Database) => new SharedSecret(execute, 'suggestion'),
    },
    BackgroundDatabase,
    ClassificationMetrics,
    ClassificationQueue,
    ClassificationReporter,
    ClassificationService,
    ModelTrial,
    SuggestionSigner,
  ],
  exports: [ClassificationQueue, ClassificationService, SuggestionSigner],
})
export class ClassificationModule {}
