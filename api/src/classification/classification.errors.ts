/** What can go wrong between asking the model and having an answer that may be used. */
export type ModelFault =
  | 'timeout'
  | 'unreachable'
  | 'rate_limited'
  | 'server_error'
  | 'malformed'
  | 'credentials'
  | 'rejected'
  | 'refused'
  | 'invalid'
  | 'busy'
  | 'paused'
  | 'stopped'
  | 'unexpected';

/**
 * Faults of the server, not of one text. The others are left out on purpose: whoever writes a ticket can
 * bring about a refusal or an invalid answer, and must not be able to switch the model off for everybody.
 */
const OF_THE_SERVER: ReadonlySet<ModelFault> = new Set([
  'timeout',
  'unreachable',
  'rate_limited',
  'server_error',
  'malformed',
  'credentials',
  'unexpected',
]);

/** Faults that may be gone in a minute; with the others the same text fails the same way again. */
const PASSING: ReadonlySet<ModelFault> = new Set([
  'timeout',
  'unreachable',
  'rate_limited',
  'server_error',
  'malformed',
  'busy',
  'paused',
  'stopped',
]);

/** The model gave no answer that can be used. The message never holds text of a ticket or of the model. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  /** `detail` is a status, a code or a field name: nothing that the server or a ticket worded. */
  constructor(
    readonly fault: ModelFault,
    readonly detail?: string,
  ) {
    super(detail === undefined ? fault : `${fault} (${detail})`);
  }

  /** Counts towards pausing the model. */
  get ofTheServer(): boolean {
    return OF_THE_SERVER.has(this.fault);
  }

  /** Asking again later makes sense. */
  get passing(): boolean {
    return PASSING.has(this.fault);
  }
}

export type SuggestionFault = 'invalid' | 'expired' | 'other_description';

const SUGGESTION_MESSAGES: Readonly<Record<SuggestionFault, string>> = {
  invalid: 'is not a suggestion that this service made',
  expired: 'is too old; ask for a new one',
  other_description: 'was made for another description',
};

/** A suggestion token that cannot be honoured. The message is fit for the client, after the field's name. */
export class SuggestionError extends Error {
  override readonly name = 'SuggestionError';

  constructor(readonly fault: SuggestionFault) {
    super(SUGGESTION_MESSAGES[fault]);
  }
}
