/** A statement as the api sent it. */
export interface TappedStatement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A parameter: always the same, or of a write's request, the id in the path or a field of the body. */
export type RecordedValue = { readonly value: unknown } | { readonly field: string };

/** What the floor does for one request: the api's statements, then the fixed body or the last rows as JSON. */
export interface RecordedAnswer {
  readonly statements: readonly {
    readonly name?: string;
    readonly text: string;
    readonly values: readonly RecordedValue[];
  }[];
  readonly status: number;
  /** The answer where no statement is sent. */
  readonly body: unknown;
}

/** By `GET /api/tickets?status=open`, or by the method alone for writes. */
export type Recording = Map<string, RecordedAnswer>;
