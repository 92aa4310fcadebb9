import type { EditableField } from './editable-field.js';

/** A field whose menu is open, at the button that opened it. */
export interface OpenMenu {
  readonly id: number;
  readonly field: EditableField;
  readonly anchor: HTMLElement;
}

/**
 * Which field of which ticket is being chosen: one menu for all the fields of a list, since a menu of its
 * own for every cell would cost more than the list.
 */
export class FieldEditor {
  #menu = $state.raw<OpenMenu>();

  get menu(): OpenMenu | undefined {
    return this.#menu;
  }

  isOpen(id: number, field: EditableField): boolean {
    return this.#menu?.id === id && this.#menu.field === field;
  }

  /** The button was pressed: opens its menu, or closes it. */
  press(menu: OpenMenu): void {
    this.#menu = this.isOpen(menu.id, menu.field) ? undefined : menu;
  }

  /** The menu has closed; another one may be open by now. */
  closed(menu: OpenMenu): void {
    if (this.#menu === menu) this.#menu = undefined;
  }
}
