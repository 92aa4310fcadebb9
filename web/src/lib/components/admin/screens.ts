import { admin as text } from '#lib/text/admin.ts';

/** The admin screens, in the order in which they are offered. */
export const ADMIN_SCREENS = [
  { path: '/admin/tickets', name: text.screens.tickets },
  { path: '/admin/people', name: text.screens.people },
  { path: '/admin/tokens', name: text.screens.tokens },
  { path: '/admin/displays', name: text.screens.displays },
  { path: '/admin/classification', name: text.screens.classification },
  { path: '/admin/events', name: text.screens.events },
  { path: '/admin/audit', name: text.screens.audit },
  { path: '/admin/health', name: text.screens.health },
] as const;

export type AdminPath = (typeof ADMIN_SCREENS)[number]['path'];
