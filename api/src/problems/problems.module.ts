import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';

import { JsonBodyGuard } from './json-body.guard.js';
import { NoBodyGuard } from './no-body.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { ContractPipe } from './validation.js';

/** Every request is checked by the contract, every error answered as a problem. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: JsonBodyGuard },
    { provide: APP_GUARD, useClass: NoBodyGuard },
    { provide: APP_PIPE, useClass: ContractPipe },
  ],
})
export class ProblemsModule {}
