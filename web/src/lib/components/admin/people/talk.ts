import type { PasswordLink, Person } from '#contract/people';

/** What is asked or answered over the table of people, one at a time. */
export type Talk =
  | { readonly kind: 'invite' }
  | {
      readonly kind: 'edit' | 'ask-link' | 'ask-sign-out' | 'ask-disable' | 'ask-demote';
      readonly person: Person;
    }
  | { readonly kind: 'link'; readonly title: string; readonly person: Person; readonly link: PasswordLink };
