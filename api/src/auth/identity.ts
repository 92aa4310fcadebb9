import { createParamDecorator } from '@nestjs/common';

import type { Actor } from '../contract/events.js';

/** Who calls. */
export interface Identity {
  /** Whose repeatable writes these are: equal for two calls just when the same caller makes them. */
  readonly key: string;
  /** As changes name who made them; `id` is the caller's id among the people, if they are one. */
  readonly actor: Actor;
}

/** There are no accounts yet: whoever reaches the api is the desk's trusted agent. */
const DESK: Identity = { key: 'desk', actor: { kind: 'agent', id: null, name: 'Agent' } };

/** The caller, as a parameter of a controller's method. */
export const CurrentIdentity = createParamDecorator((): Identity => DESK);
