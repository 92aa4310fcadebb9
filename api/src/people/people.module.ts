import { Module } from '@nestjs/common';

import { AuditModule } from '../audit/audit.module.js';
import { AssigneesController } from './assignees.controller.js';
import { PeopleReader } from './people-reader.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';

/** Needs Database and what AuthModule exports from global modules. */
@Module({
  imports: [AuditModule],
  controllers: [PeopleController, AssigneesController],
  providers: [PeopleReader, PeopleService],
})
export class PeopleModule {}
