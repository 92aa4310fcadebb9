import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';

/** `method /path/{id}` of every route that Express serves, but for those of the documentation. */
export function servedRoutes(app: NestExpressApplication): string[] {
  const { router } = app.getHttpAdapter().getInstance() as Express;
  const served = router.stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : route.stack.map(({ method }) => `${method} ${String(route.path).replaceAll(/:(\w+)/g, '{$1}')}`),
  );
  return [...new Set(served)].filter((name) => !/^get \/api\/(docs|openapi\.json)/.test(name)).sort();
}
