import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';

import { type ClassifyRequest, type ClassifyResult, classifyRequest } from '../contract/classification.js';
import { noQuery } from '../contract/queries.js';
import { ClassificationService } from './classification.service.js';

@Controller('api/tickets/classify')
export class ClassificationController {
  constructor(private readonly classification: ClassificationService) {}

  @Post()
  @HttpCode(200)
  classify(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: classifyRequest }) { description }: ClassifyRequest,
  ): Promise<ClassifyResult> {
    return this.classification.classify(description);
  }
}
