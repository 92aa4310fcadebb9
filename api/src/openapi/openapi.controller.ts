import { Controller, Get } from '@nestjs/common';

import { openApiDocument } from './openapi-document.js';

@Controller('api/openapi.json')
export class OpenApiController {
  readonly #document = openApiDocument();

  @Get()
  document(): object {
    return this.#document;
  }
}
