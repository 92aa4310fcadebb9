import { Inject, Injectable } from '@nestjs/common';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import type { Scope } from '../contract/access.js';
import type { Me } from '../contract/session.js';
import { Database } from '../database/database.js';
import { FirstAdmin } from './first-admin.js';
import type { Identity } from './identity.js';

/** What a caller is told of themselves and of the desk's door. */
@Injectable()
export class MeReader {
  constructor(
    private readonly database: Database,
    private readonly firstAdmin: FirstAdmin,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async read({ kind, person, actor, grants, credential }: Identity): Promise<Me> {
    return {
      kind,
      person: person === null ? null : { ...person, email: await this.#email(person.id) },
      display: kind === 'display' ? { id: credential!.id, name: actor.name } : null,
      scopes: [...grants].flatMap((grant) =>
        grant.startsWith('token ') ? [grant.slice('token '.length) as Scope] : [],
      ),
      public_intake: this.environment.PUBLIC_INTAKE,
      setup_needed: await this.firstAdmin.isNeeded(),
      single_sign_on:
        this.environment.OIDC_ISSUER === undefined ? null : { name: this.environment.OIDC_NAME },
    };
  }

  /** @throws pg's DatabaseError or a connection error */
  async rename({ person, actor }: Identity, name: string): Promise<void> {
    await this.database.execute(
      `update person set name = $2, updated_at = now() where id = $1
       returning set_config('feed.actor', $3, true)`,
      [person?.id, name, JSON.stringify(actor)],
    );
  }

  async #email(id: string): Promise<string | null> {
    const [row] = await this.database.query<{ email: string | null }>({
      name: 'me-email',
      text: 'select email from person where id = $1',
      values: [id],
    });
    return row?.email ?? null;
  }
}
