/** Every so many runs the other way is tried again. */
const period = 64;

/** Runs before the first trial alone: engines compile hot code better in the meantime. */
const warmUp = 8;

/**
 * Whether a program runs faster on several threads or on one, found out as it goes: where other processes want the
 * processors, too, threads that wait for each other are slower than one alone.
 */
export class Pace {
  #runs = 0;
  #alone: number | undefined;
  #together: number | undefined;

  /** How the next run should go. */
  get together(): boolean {
    if (this.#together === undefined) return true;
    if (this.#alone === undefined) return this.#runs < warmUp;
    const better = this.#together <= this.#alone;
    return this.#runs % period === 0 ? !better : better;
  }

  /** How long a run took. */
  note(together: boolean, milliseconds: number): void {
    this.#runs += 1;
    const before = together ? this.#together : this.#alone;
    // What is seldom tried counts at once; what goes on counts over some runs, and one slow run changes little.
    const isTrial = this.#alone !== undefined && this.#runs % period === 1;
    const now = before === undefined || isTrial ? milliseconds : (3 * before + Math.min(milliseconds, 2 * before)) / 4;
    if (together) this.#together = now;
    else this.#alone = now;
  }
}
