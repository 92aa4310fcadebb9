/** Something that the palette can do. */
export interface PaletteCommand {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  /** The key that does the same. */
  readonly key?: string;
  readonly run: () => void;
}
