import { Module } from '@nestjs/common';

import { ClassificationModule } from '../classification/classification.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { CommentsController } from './comments.controller.js';
import { CommentsService } from './comments.service.js';
import { SearchLearning } from './search-learning.js';
import { TicketChoices } from './ticket-choices.js';
import { TicketClassifier } from './ticket-classifier.js';
import { TicketDrafts } from './ticket-drafts.js';
import { TicketHistoryReader } from './ticket-history.js';
import { TicketListReader } from './ticket-list-reader.js';
import { TicketWrites } from './ticket-writes.js';
import { TicketsController } from './tickets.controller.js';
import { TicketsService } from './tickets.service.js';

@Module({
  imports: [ClassificationModule, EventLogModule, OperationsModule, StatsModule],
  controllers: [TicketsController, CommentsController],
  providers: [
    CommentsService,
    SearchLearning,
    TicketChoices,
    TicketClassifier,
    TicketDrafts,
    TicketHistoryReader,
    TicketListReader,
    TicketWrites,
    TicketsService,
  ],
})
export class TicketsModule {}
