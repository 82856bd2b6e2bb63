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
  /** Whether the test holds for any. */
  some(test: (i: number) => boolean): boolean {
    for (let k = 0; k < this.#words.length; k++)
      for (let rest = this.#words[k]!; rest !== 0; rest &= rest - 1)
        if (test(32 * k + 31 - Math.clz32(rest & -rest))) return true;
    return false;
  }
  /** Takes in everything that the other holds. */
  join(other: Bits): void {
    for (let k = 0; k < this.#words.length; k++) this.#words[k]! |= other.#words[k]!;
  }
}
