/** Tables of a kernel, one behind the other. */
export class Tables {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** All bytes. */
  get bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /**
   * Adds complex factors given in pairs, each as (re, im, −im, re): what a number's parts are multiplied with, so that the
   * sum of both products is the product of the numbers.
   *
   * @returns where they begin.
   */
  factors(pairs: Float64Array): number {
    const lanes = new Float64Array(2 * pairs.length);
    for (let i = 0; i < pairs.length; i += 2) lanes.set([pairs[i]!, pairs[i + 1]!, -pairs[i + 1]!, pairs[i]!], 2 * i);
    return this.#add(new Uint8Array(lanes.buffer));
  }

  /** Adds whole numbers. */
  integers(values: readonly number[]): number {
    return this.#add(new Uint8Array(Int32Array.from(values).buffer));
  }

  #add(bytes: Uint8Array): number {
    const at = this.#length;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    return at;
  }
}
