import type { Category, Priority } from '../contract/ticket.js';

export interface ModelAnswer {
  readonly category: Category;
  readonly priority: Priority;
  /** 0 to 1, or null when the model gave none that makes sense. */
  readonly confidence: number | null;
  /** Plain text of at most 200 characters. */
  readonly reason: string | null;
}

/** The port to whatever classifies. Also its injection token; null is provided when nothing is set up. */
export abstract class ClassificationModel {
  /** As stored with each classification. */
  abstract readonly name: string;

  /**
   * @param description a ticket's description, and nothing else of it
   * @throws ModelError when there is no answer that can be used, or `signal` is aborted
   */
  abstract classify(description: string, options: { signal: AbortSignal }): Promise<ModelAnswer>;
}
