import { Controller, Get, Query } from '@nestjs/common';

import type { Assignees } from '../contract/people.js';
import { noQuery } from '../contract/queries.js';
import { PeopleReader } from './people-reader.js';

@Controller('api/assignees')
export class AssigneesController {
  constructor(private readonly people: PeopleReader) {}

  @Get()
  list(@Query({ schema: noQuery }) _query: object): Promise<Assignees> {
    return this.people.assignees();
  }
}
