import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ModelRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; `raw` is as received. */
  readonly body: Record<string, unknown>;
  readonly raw: string;
}

/** What the server does with a request; `attempt` counts from 1. */
export type Behaviour = (response: ServerResponse, request: ModelRequest, attempt: number) => unknown;

/** A server that speaks chat completions, well or badly as told. */
export interface FakeModel {
  /** To be used as OPENAI_BASE_URL. */
  readonly url: string;
  readonly requests: ModelRequest[];
  behave(behaviour: Behaviour): void;
  /** Also breaks off what hangs. */
  stop(): Promise<void>;
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour => {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** A well-formed completion with this content. */
export const says = (content: string | null, message: object = {}, finishReason = 'stop'): Behaviour =>
  json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'some-model-2026',
    choices: [
      {
        index: 0,
        finish_reason: finishReason,
        message: { role: 'assistant', content, refusal: null, ...message },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });

export const classifies = (fields: object): Behaviour => says(JSON.stringify(fields));

/** Each request its own behaviour; the last one for all that follow. */
export const inTurn = (...behaviours: Behaviour[]): Behaviour => {
  return (response, request, attempt) =>
    behaviours[Math.min(attempt, behaviours.length) - 1]?.(response, request, attempt);
};

export async function startFakeModel(): Promise<FakeModel> {
  const requests: ModelRequest[] = [];
  let behaviour: Behaviour = json({ error: { message: 'no behaviour is set' } }, 500);
  let attempt = 0;
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const raw = await text(incoming);
    const request = {
      url: `${incoming.method} ${incoming.url}`,
      headers: incoming.headers,
      body: JSON.parse(raw) as Record<string, unknown>,
      raw,
    };
    requests.push(request);
    attempt += 1;
    behaviour(response, request, attempt);
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    behave(next) {
      behaviour = next;
      attempt = 0;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
