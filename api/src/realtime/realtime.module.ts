import { Module } from '@nestjs/common';

import { AuthModule } from '../auth/auth.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { FanOut } from './fan-out.js';
import { FeedOpening } from './feed-opening.js';
import { FeedGateway } from './feed.gateway.js';
import { Presence } from './presence/presence.js';
import { PresenceRelay } from './presence/presence-relay.js';
import { PresenceTimes } from './presence/presence-times.js';
import { Replay } from './replay.js';
import { SocketBounds } from './socket-bounds.js';
import { SocketDrain } from './socket-drain.js';
import { SocketIdentity } from './socket-identity.js';
import { SocketMetrics } from './socket-metrics.js';
import { SocketSessions } from './socket-sessions.js';

@Module({
  imports: [AuthModule, EventLogModule, RedisModule, StatsModule],
  providers: [
    FanOut,
    FeedGateway,
    FeedOpening,
    Presence,
    PresenceRelay,
    PresenceTimes,
    Replay,
    SocketBounds,
    SocketDrain,
    SocketIdentity,
    SocketMetrics,
    SocketSessions,
  ],
})
export class RealtimeModule {}
