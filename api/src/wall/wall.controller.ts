import { Controller, Get, Query } from '@nestjs/common';

import { noQuery } from '../contract/queries.js';
import type { Wall } from '../contract/wall.js';
import { WallReader } from './wall-reader.js';

@Controller('api/wall')
export class WallController {
  constructor(private readonly reader: WallReader) {}

  @Get()
  wall(@Query({ schema: noQuery }) _query: object): Promise<Wall> {
    return this.reader.wall();
  }
}
