/** What stands around the matter itself when agents write to customers; `{first}`, `{me}`: the customer. */
export interface Manners {
  readonly greetings: readonly string[];
  /** Before the matter in a first answer. */
  readonly acknowledging: readonly string[];
  /** The same when a whole team cannot work. */
  readonly alarmed: readonly string[];
  /** Before a question. */
  readonly asking: readonly string[];
  readonly following: readonly string[];
  /** While something takes long. */
  readonly waiting: readonly string[];
  /** When somebody else goes on. */
  readonly takingOver: readonly string[];
  /** When it is back although it seemed solved. */
  readonly returning: readonly string[];
  /** After the last word on the matter. */
  readonly closing: readonly string[];
  /** `{agent}` is who writes. */
  readonly signatures: readonly string[];
}
