import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';

import {
  type ClassificationReport,
  type ClassificationTest,
  type TestClassification,
  testClassification,
} from '../contract/administration.js';
import { noQuery } from '../contract/queries.js';
import { ClassificationReporter } from './classification-report.js';
import { ModelTrial } from './model-trial.js';

@Controller('api/classification')
export class ClassificationAdminController {
  constructor(
    private readonly reporter: ClassificationReporter,
    private readonly trial: ModelTrial,
  ) {}

  @Get()
  report(@Query({ schema: noQuery }) _query: object): Promise<ClassificationReport> {
    return this.reporter.report();
  }

  @Post('test')
  @HttpCode(200)
  test(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: testClassification }) { description }: TestClassification,
  ): Promise<ClassificationTest> {
    return this.trial.run(description);
  }
}
