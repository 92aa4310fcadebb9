import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in says of every description. */
export const OPINION = {
  category: 'billing',
  priority: 'high',
  confidence: 0.93,
  reason: 'A payment went wrong and money is missing.',
} as const;

/** A chat-completions server that has one opinion. `url` is the base URL for a client. */
export async function startModel(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'stand-in',
        object: 'chat.completion',
        created: 0,
        model: 'stand-in',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { role: 'assistant', content: JSON.stringify(OPINION), refusal: null },
          },
        ],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}
