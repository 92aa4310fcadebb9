/** What the menu of a person offers. */
export type PersonAct = 'edit' | 'link' | 'sign-out' | 'disable' | 'enable';
