import { parseArgs } from 'node:util';

import { Random } from '../../test/support/random.js';

/** What a soak does, and for how long. */
export interface SoakOptions {
  readonly minutes: number;
  readonly processes: number;
  readonly sockets: number;
  /** Writes asked for a second; some of them change many rows. */
  readonly rate: number;
  /** Between the restarts of one process and of the next. */
  readonly restartSeconds: number;
  /** Of a process's life, before its heap counts. */
  readonly warmUpSeconds: number;
  readonly seed: number;
  /** The first of the processes' ports on the loopback. */
  readonly port: number;
}

export const USAGE = `npm run soak -- [options]
  --minutes 1          how long it writes
  --processes 4        api processes on one database
  --sockets 500        clients, spread over the processes
  --rate 40            writes asked for a second
  --restart-every 75   seconds between restarts, each of the next process (default: an eighth of the time, 10 to 300)
  --warm-up 60         seconds of a process's life before its heap counts
  --seed 1             of the writes (default: a new one)
  --port 4700          first of the ports used on the loopback`;

/** Reads the command line. @throws Error with one line to show when it cannot be understood */
export function readOptions(args: string[]): SoakOptions {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '1' },
      processes: { type: 'string', default: '4' },
      sockets: { type: 'string', default: '500' },
      rate: { type: 'string', default: '40' },
      'restart-every': { type: 'string' },
      'warm-up': { type: 'string', default: '60' },
      seed: { type: 'string' },
      port: { type: 'string', default: '4700' },
    },
  });
  const minutes = positive('minutes', values.minutes);
  const eighth = Math.min(300, Math.max(10, (minutes * 60) / 8));
  return {
    minutes,
    processes: positive('processes', values.processes),
    sockets: positive('sockets', values.sockets),
    rate: positive('rate', values.rate),
    restartSeconds: positive('restart-every', values['restart-every'] ?? String(eighth)),
    warmUpSeconds: positive('warm-up', values['warm-up']),
    seed: values.seed === undefined ? Random.seed() : positive('seed', values.seed),
    port: positive('port', values.port),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a positive number, not ${text}`);
  return value;
}
