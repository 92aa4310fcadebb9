import { ProblemError } from '../api/errors.js';
import { sayFailure } from './session-failure.js';

/** A form being sent: one call at a time, with what the server says of its fields or of the whole. */
export class FormCall<Field extends string> {
  readonly #fields: readonly Field[];
  #isBusy = $state(false);
  #failure = $state<string>();
  #errors = $state.raw<Partial<Record<Field, string>>>({});

  /** @param fields that have a place for what is wrong with them */
  constructor(fields: readonly Field[]) {
    this.#fields = fields;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** What is wrong with the whole. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get errors(): Partial<Record<Field, string>> {
    return this.#errors;
  }

  /**
   * Sends it, unless a field is wrong already or a call is under way.
   *
   * @param faults what is wrong with which field; undefined values are none
   * @returns whether the server took it
   */
  async send(
    faults: Partial<Record<Field, string | undefined>>,
    call: () => Promise<void>,
  ): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#failure = undefined;
    this.#errors = withoutNone(faults);
    if (Object.keys(this.#errors).length > 0) return false;
    this.#isBusy = true;
    try {
      await call();
      return true;
    } catch (failure) {
      this.#refused(failure);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  #refused(failure: unknown): void {
    const named = failure instanceof ProblemError ? failure : undefined;
    this.#errors = withoutNone(
      Object.fromEntries(this.#fields.map((field) => [field, named?.messageFor(field)])) as Partial<
        Record<Field, string | undefined>
      >,
    );
    if (Object.keys(this.#errors).length === 0) this.#failure = sayFailure(failure);
  }
}

function withoutNone<Field extends string>(
  faults: Partial<Record<Field, string | undefined>>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(faults).filter(([, message]) => message !== undefined)) as Partial<
    Record<Field, string>
  >;
}

/** After a refused form: the first field with a fault gets the focus. */
export function focusFault(form: HTMLFormElement | undefined): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
