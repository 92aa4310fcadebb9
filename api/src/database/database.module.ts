import { MikroOrmModule } from '@mikro-orm/nestjs';
import type { Options } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';

import { DATABASE_CONNECTION, type DatabaseConnection } from './connection.js';
import { Database } from './database.js';
import { ormConfig } from './orm.config.js';

/** The one way to the database, for every module. */
@Module({})
export class DatabaseModule {
  static forRoot(connection: DatabaseConnection, entities: Options['entities']): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        MikroOrmModule.forRoot({ ...ormConfig(connection, entities), registerRequestContext: false }),
      ],
      providers: [{ provide: DATABASE_CONNECTION, useValue: connection }, Database],
      exports: [DATABASE_CONNECTION, Database],
    };
  }
}
