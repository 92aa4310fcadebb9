/**
 * What agents say about one kind of ticket, in its language; notes are always in English. Templates like those of the
 * scenario, with its slots. In notes `{peer}` is a colleague who knows the matter, `{billing}`, `{technical}` and
 * `{account}` are ones who know that; the name of who writes is never among them.
 * Of lists as long as that of the scenario's stories each text goes with the story at its place.
 */
export interface Replies {
  /** The matter itself in a first answer: what has been seen or begun. */
  readonly first: readonly string[];
  /** Questions back. */
  readonly asks: readonly string[];
  /** What colleagues write to each other. */
  readonly notes: readonly string[];
  /** How it ended, in a last answer. */
  readonly solved: readonly string[];
}
