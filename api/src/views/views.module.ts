import { Module } from '@nestjs/common';

import { ViewsController } from './views.controller.js';
import { ViewsService } from './views.service.js';

/** Choices of filters that people keep. */
@Module({ controllers: [ViewsController], providers: [ViewsService] })
export class ViewsModule {}
