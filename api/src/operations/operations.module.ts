import { Module } from '@nestjs/common';

import { OperationPurge } from './operation-purge.js';
import { RepeatableWrites } from './repeatable-writes.js';

@Module({ providers: [RepeatableWrites, OperationPurge], exports: [RepeatableWrites] })
export class OperationsModule {}
