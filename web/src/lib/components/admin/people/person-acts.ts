import { toast } from 'svelte-sonner';

import type { Person } from '#contract/people';
import type { Role } from '#contract/access';
import type { People } from '#lib/state/admin/people.svelte.ts';
import { admin, people as text } from '#lib/text/admin.ts';

const TOAST_MS = 8_000;

/** Gives somebody another role, and says so with a way back. */
export async function setRole(people: People, { id, name, role: before }: Person, role: Role): Promise<void> {
  if (role === before || !(await people.tryChange(id, { role }))) return;
  const back = () => void people.tryChange(id, { role: before });
  toast(text.nowRole(name, text.roles[role]), {
    action: { label: admin.undo, onClick: back },
    duration: TOAST_MS,
  });
}

/** Closes somebody's account or opens it again, and says so with a way back. */
export async function setDisabled(people: People, { id, name }: Person, disabled: boolean): Promise<void> {
  if (!(await people.tryChange(id, { disabled }))) return;
  const back = () => void people.tryChange(id, { disabled: !disabled });
  toast(disabled ? text.nowDisabled(name) : text.nowEnabled(name), {
    action: { label: admin.undo, onClick: back },
    duration: TOAST_MS,
  });
}

export async function signOutEverywhere(people: People, { id, name }: Person): Promise<void> {
  if (await people.trySignOut(id)) toast(text.signedOut(name));
}
