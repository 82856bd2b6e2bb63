/** A set of small integers in one block of memory. */
export class Bits {
  readonly #words: Uint32Array;

  constructor(size: number) {
    this.#words = new Uint32Array((size + 31) >>> 5);
  }

  has(i: number): boolean {
    return ((this.#words[i >>> 5]! >>> (i & 31)) & 1) === 1;
  }
  add(i: number): void {
    this.#words[i >>> 5]! |= 1 << (i & 31);
  }
  delete(i: number): void {
    this.#words[i >>> 5]! &= ~(1 << (i & 31));
  }
  /** Takes in everything that the other holds. */
  join(other: Bits): void {
    for (let k = 0; k < this.#words.length; k++) this.#words[k]! |= other.#words[k]!;
  }
}
