import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';

import { type EventPage, type EventsQuery, eventsQuery } from '../contract/queries.js';
import { EventStream } from './event-stream.js';

@Controller('api/events')
export class EventsController {
  constructor(private readonly stream: EventStream) {}

  @Get()
  list(@Query({ schema: eventsQuery }) query: EventsQuery, @Req() request: Request): Promise<EventPage> {
    const gone = new AbortController();
    request.on('close', () => gone.abort());
    return this.stream.page(query, gone.signal);
  }
}
