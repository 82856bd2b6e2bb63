/**
 * Random numbers by counter: the same seed, label and position give the same number, whatever was drawn before.
 * So every draw can be repeated alone, and shrinking one part of a case leaves the others as they were.
 */
export class Random {
  readonly #key: number;

  constructor(seed: number, ...labels: readonly (string | number)[]) {
    let key = mix(seed >>> 0);
    for (const label of labels) for (const code of `${label}/`) key = mix(key ^ code.codePointAt(0)!);
    this.#key = key;
  }

  /** An independent source under the same seed. */
  fork(label: string | number): Random {
    return new Random(this.#key, label);
  }

  /** A whole number in [low, high], both included. */
  integer(position: number, low: number, high: number): number {
    return low + (mix(mix(position ^ 0x9e3779b9) + this.#key) % (high - low + 1));
  }

  /** −1 or 1. */
  sign(position: number): number {
    return this.integer(~position, 0, 1) * 2 - 1;
  }

  /** The numbers 0 … length − 1 in a random order. */
  permutation(length: number): number[] {
    const order = Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i, 0, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

/** Bijection of 32-bit words in which every input bit reaches every output bit (the finaliser of MurmurHash3). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
