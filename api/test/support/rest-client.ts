import type { Problem } from '../../src/contract/problem.js';
import type { Ticket } from '../../src/contract/ticket.js';
import { AGENT } from './sign-in.js';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type HeaderValues = Readonly<Record<string, string>>;

/** Calls the api and decodes what it answers; as the agent whom every test database has, or as `caller`. */
export class RestClient {
  /** @param caller headers that say who calls; `{}`: nobody who is signed in */
  constructor(
    readonly url: string,
    private readonly caller: HeaderValues = AGENT.headers,
  ) {}

  get<Body>(path: string, headers: HeaderValues = {}): Promise<Answer<Body>> {
    return this.send('GET', path, undefined, headers);
  }

  post<Body = Ticket>(path: string, body: unknown, headers: HeaderValues = {}): Promise<Answer<Body>> {
    return this.json('POST', path, body, headers);
  }

  patch<Body = Ticket>(path: string, body: unknown, headers: HeaderValues = {}): Promise<Answer<Body>> {
    return this.json('PATCH', path, body, headers);
  }

  delete(path: string): Promise<Answer<Problem | null>> {
    return this.send('DELETE', path);
  }

  /** Creates a ticket with these fields; those that are missing are made up. @throws when it is refused */
  async create(fields: object = {}): Promise<Ticket> {
    const whole = {
      title: 'A ticket',
      description: 'What it is about',
      category: 'billing',
      priority: 'medium',
    };
    const { status, body } = await this.post('/api/tickets', { ...whole, ...fields });
    if (status !== 201) throw new Error(`Not created: ${JSON.stringify(body)}`);
    return body;
  }

  json<Body>(method: string, path: string, body: unknown, headers: HeaderValues = {}): Promise<Answer<Body>> {
    return this.send(method, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** @param body as it is to be sent */
  async send<Body>(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: HeaderValues = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...this.caller, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text === '' ? null : text) as Body,
    };
  }
}
