import { Injectable } from '@nestjs/common';

import type { Assignees, Person } from '../contract/people.js';
import type { PageQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { type LinkedList, listPage } from '../paging/list-page.js';
import { PERSON_COLUMNS } from './person-rows.js';

/** Who is at the desk. */
@Injectable()
export class PeopleReader {
  constructor(private readonly database: Database) {}

  /**
   * Everybody, by name, those who are disabled last.
   * @param url the path with query that was asked for
   */
  list(query: PageQuery, url: string): Promise<LinkedList<Person>> {
    const text = `select ${PERSON_COLUMNS} from person
                  order by person.disabled_at is not null, lower(person.name), person.id`;
    return listPage(this.database, { name: 'people', text }, query, url);
  }

  /** Everybody who can be given a ticket, by name. */
  async assignees(): Promise<Assignees> {
    const results = await this.database.query<Assignees['results'][number]>({
      name: 'assignees',
      text: 'select id, name from person where disabled_at is null order by lower(name), id',
    });
    return { results };
  }
}
