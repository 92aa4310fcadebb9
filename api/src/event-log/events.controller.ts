import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';

import { type EventPage, type EventsQuery, eventsQuery } from '../contract/queries.js';
import { EventStream } from './event-stream.js';

@Controller('api/events')
export class EventsController {
  constructor(private readonly stream: EventStream) {}

  @Get()
  list(
    @Query({ schema: eventsQuery }) query: EventsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EventPage> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    return this.stream.page(query, gone.signal);
  }
}
