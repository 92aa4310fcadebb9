import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { noQuery } from '../contract/queries.js';
import {
  type CreateView,
  createView,
  type PatchView,
  patchView,
  type View,
  type ViewList,
  viewParam,
} from '../contract/views.js';
import { ViewsService } from './views.service.js';

@Controller('api/views')
export class ViewsController {
  constructor(private readonly views: ViewsService) {}

  @Get()
  list(@Query({ schema: noQuery }) _query: object, @CurrentIdentity() caller: Identity): Promise<ViewList> {
    return this.views.list(caller);
  }

  @Post()
  create(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createView }) command: CreateView,
    @CurrentIdentity() caller: Identity,
  ): Promise<View> {
    return this.views.create(command, caller);
  }

  @Patch(':id')
  patch(
    @Param('id', { schema: viewParam.shape.id }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: patchView }) command: PatchView,
    @CurrentIdentity() caller: Identity,
  ): Promise<View> {
    return this.views.patch(id, command, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('id', { schema: viewParam.shape.id }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
  ): Promise<void> {
    return this.views.remove(id, caller);
  }
}
