import { Controller, Get, Query } from '@nestjs/common';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { type Series, type SeriesQuery, seriesQuery } from '../contract/series.js';
import { SeriesReader } from './series-reader.js';

@Controller('api/tickets/stats/series')
export class SeriesController {
  constructor(private readonly reader: SeriesReader) {}

  @Get()
  series(
    @Query({ schema: seriesQuery }) query: SeriesQuery,
    @CurrentIdentity() caller: Identity,
  ): Promise<Series> {
    return this.reader.series(query, caller);
  }
}
