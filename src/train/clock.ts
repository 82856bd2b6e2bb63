/** What steps and validations have taken so far in this session, to tell how long the rest will take. */
export class Clock {
  #steps = { count: 0, seconds: 0 };
  #validations = { count: 0, seconds: 0 };

  noteStep(seconds: number): void {
    this.#steps = { count: this.#steps.count + 1, seconds: this.#steps.seconds + seconds };
  }

  noteValidation(seconds: number): void {
    this.#validations = { count: this.#validations.count + 1, seconds: this.#validations.seconds + seconds };
  }

  /** Seconds that so many more will take; undefined before the first step. */
  left(steps: number, validations: number): number | undefined {
    if (this.#steps.count === 0) return undefined;
    const perValidation = this.#validations.seconds / Math.max(1, this.#validations.count);
    return (this.#steps.seconds / this.#steps.count) * steps + perValidation * validations;
  }
}
