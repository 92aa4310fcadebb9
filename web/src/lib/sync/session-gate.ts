/** Holds up whatever needs somebody signed in, from the moment nobody is until somebody is again. */
export class SessionGate {
  #shut: PromiseWithResolvers<void> | undefined;

  get isShut(): boolean {
    return this.#shut !== undefined;
  }

  shut(): void {
    this.#shut ??= Promise.withResolvers<void>();
  }

  open(): void {
    this.#shut?.resolve();
    this.#shut = undefined;
  }

  /** Fulfilled at once while it is open, else when it opens. */
  async passed(): Promise<void> {
    while (this.#shut) await this.#shut.promise;
  }
}
