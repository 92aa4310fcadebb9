import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import { Metrics } from '../metrics/metrics.js';
import type { FeedServer } from './channels.js';

/** How many sockets are open, by what their callers are. */
@Injectable()
export class SocketMetrics {
  #server: FeedServer | null = null;

  constructor(metrics: Metrics) {
    metrics.gauge('signalbox_sockets', 'Open sockets, by role', () => this.#byRole(), 'role');
  }

  attach(server: FeedServer): void {
    this.#server = server;
  }

  #byRole(): Record<string, number> {
    const counts: Record<string, number> = { agent: 0, admin: 0, token: 0, display: 0 };
    for (const { data } of this.#server?.of('/').sockets.values() ?? []) {
      const role = roleOf(data.identity);
      counts[role] = (counts[role] ?? 0) + 1;
    }
    return counts;
  }
}

const roleOf = ({ kind, person }: Identity): string => (kind === 'person' ? person!.role : kind);
