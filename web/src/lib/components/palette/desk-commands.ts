import type { PersonRef } from '#contract/ticket';
import { nameOf, VALUES, type ChoiceField, type EditableField } from '#lib/components/edit/editable-field.ts';
import { ADMIN_SCREENS } from '#lib/components/admin/screens.ts';
import { THEMES, type ThemeChoice } from '#lib/state/theme.svelte.ts';
import { app, field as fieldNames, theme as themeText } from '#lib/text.ts';
import { palette as text } from '#lib/text/queue.ts';
import { account } from '#lib/text/session.ts';

import type { PaletteCommand } from './command.ts';

/** What the commands are about, and how they are carried out. */
export interface PaletteDesk {
  /** The tickets that are marked, or the one that the keyboard is at. */
  readonly targets: readonly number[];
  /** Saved ones have an id: people may share views that are named alike. */
  readonly views: readonly { readonly id?: string | number; readonly name: string; readonly query: string }[];
  readonly people: readonly PersonRef[];
  readonly isAdmin: boolean;
  set(field: EditableField, value: unknown): void;
  claim(): void;
  note(): void;
  undo(): void;
  go(path: string): void;
  theme(choice: ThemeChoice): void;
  keys(): void;
  signOut(): void;
}

const FIELDS = ['status', 'priority', 'category'] as const satisfies ChoiceField[];

export function deskCommands(desk: PaletteDesk): readonly PaletteCommand[] {
  return [...(desk.targets.length > 0 ? ticketCommands(desk) : []), ...viewCommands(desk), ...others(desk)];
}

function ticketCommands(desk: PaletteDesk): readonly PaletteCommand[] {
  const group = text.about(desk.targets);
  const one = desk.targets.length === 1;
  const set = (field: EditableField, value: unknown, name: string, id = name): PaletteCommand => ({
    id: `${field} ${id}`,
    group,
    name: text.set(fieldNames[field] ?? field, name),
    run: () => desk.set(field, value),
  });
  return [
    { id: 'claim', group, name: text.claim, key: 'c', run: () => desk.claim() },
    ...(one ? [{ id: 'note', group, name: text.note, key: 'n', run: () => desk.note() }] : []),
    ...FIELDS.flatMap((field) => VALUES[field].map((value) => set(field, value, nameOf(field, value)))),
    // Two people may have the same name.
    ...desk.people.map((person) => set('assignee', person, person.name, person.id)),
    set('assignee', null, nameOf('assignee', null), ''),
  ];
}

const viewCommands = ({ views, go }: PaletteDesk): readonly PaletteCommand[] =>
  views.map(({ id, name, query }) => ({
    id: `view ${id ?? query}`,
    group: text.groups.views,
    name: text.view(name),
    run: () => go(`/${query}`),
  }));

function others(desk: PaletteDesk): readonly PaletteCommand[] {
  const group = text.groups.desk;
  const page = (name: string, path: string): PaletteCommand => ({
    id: path,
    group,
    name,
    run: () => desk.go(path),
  });
  return [
    { id: 'undo', group, name: text.undo, key: 'z', run: () => desk.undo() },
    page(app.stats, '/stats'),
    page(text.submit, '/submit'),
    page(text.wall, '/wall'),
    page(text.account, '/account'),
    ...(desk.isAdmin ? ADMIN_SCREENS.map(({ name, path }) => page(text.admin(name), path)) : []),
    ...THEMES.map((choice) => ({
      id: `theme ${choice}`,
      group,
      name: text.theme(themeText.choices[choice]),
      run: () => desk.theme(choice),
    })),
    { id: 'keys', group, name: text.keys, key: '?', run: () => desk.keys() },
    { id: 'sign out', group, name: account.signOut, run: () => desk.signOut() },
  ];
}
