import type { NestExpressApplication } from '@nestjs/platform-express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { openApiDocument } from './openapi-document.js';

/** Serves the description of the api as JSON, and as pages that need nothing from other hosts. */
export function serveOpenApi(app: NestExpressApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument() as OpenAPIObject, {
    customSiteTitle: 'Signalbox API',
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    // The badge would be fetched from swagger.io.
    swaggerOptions: { validatorUrl: null },
  });
}
