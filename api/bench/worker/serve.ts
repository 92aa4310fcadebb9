/** What a worker process can be asked, by name. */
export type Methods = Record<string, (argument: never) => unknown>;

export interface Call {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}

export interface Answer {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Answers the parent's calls until it goes away. For the main file of a process that Worker.start made. */
export function serve(methods: Methods): void {
  const answer = async ({ call, method, argument }: Call): Promise<Answer> => {
    try {
      return { call, value: await methods[method]!(argument as never) };
    } catch (error) {
      return { call, error: (error as Error).stack ?? String(error) };
    }
  };
  process.on('message', (message: Call) => void answer(message).then((result) => process.send?.(result)));
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches every process of the terminal; the parent ends this one when it is done with it.
  process.on('SIGINT', () => undefined);
}
