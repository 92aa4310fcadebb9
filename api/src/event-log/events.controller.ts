import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import {
  type EventLogPage,
  type EventLogQuery,
  eventLogQuery,
  type EventPage,
  type EventsQuery,
  eventsQuery,
} from '../contract/queries.js';
import { EventSearch } from './event-search.js';
import { EventStream } from './event-stream.js';

@Controller('api/events')
export class EventsController {
  constructor(
    private readonly stream: EventStream,
    private readonly search: EventSearch,
  ) {}

  @Get()
  list(
    @Query({ schema: eventsQuery }) query: EventsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventPage> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    return this.stream.page(query, gone.signal);
  }

  @Get('log')
  log(
    @Query({ schema: eventLogQuery }) query: EventLogQuery,
    @Req() request: Request,
  ): Promise<EventLogPage> {
    return this.search.page(query, request.originalUrl);
  }
}
