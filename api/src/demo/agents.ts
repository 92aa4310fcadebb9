import type { Category } from '../contract/ticket.js';

/** Somebody at the desk. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** What they mostly work on. */
  readonly knows: readonly Category[];
}

/** Where they sign in from; nobody's real address. */
export const emailOf = ({ id }: Pick<Agent, 'id'>): string => `${id}@example.com`;

/** Everybody at the desk; the first administers it. */
export const AGENTS: readonly Agent[] = [
  { id: 'amara.okafor', name: 'Amara Okafor', knows: ['account', 'general'] },
  { id: 'grace.whitfield', name: 'Grace Whitfield', knows: ['billing'] },
  { id: 'jonas.lindqvist', name: 'Jonas Lindqvist', knows: ['technical'] },
  { id: 'leila.haddad', name: 'Leila Haddad', knows: ['account', 'billing'] },
  { id: 'mei.tanaka', name: 'Mei Tanaka', knows: ['technical', 'account'] },
  { id: 'priya.raman', name: 'Priya Raman', knows: ['technical'] },
  { id: 'rafael.costa', name: 'Rafael Costa', knows: ['billing', 'general'] },
  { id: 'tomasz.nowak', name: 'Tomasz Nowak', knows: ['technical', 'general'] },
];
