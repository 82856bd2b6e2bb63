/** Four 32-bit words: a counter, or a block of random bits. */
export type Words = readonly [number, number, number, number];

/**
 * Philox4x32-10, a counter-based generator: block n of a stream is a keyed scrambling of n, so that any block can be had
 * without those before it. Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011).
 */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  const block = Int32Array.from(counter, (word) => word | 0);
  scramble(block, key[0] | 0, key[1] | 0);
  return [low(block[0]!), low(block[1]!), low(block[2]!), low(block[3]!)];
}

/** The same in place. Words with signs: engines keep those without allocating, and nets begin with millions of numbers. */
export function scramble(block: Int32Array, key0: number, key1: number): void {
  let [a, b, c, d] = [block[0]!, block[1]!, block[2]!, block[3]!];
  let [k0, k1] = [key0, key1];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd251, 0x1f53, a);
    const low0 = Math.imul(0xd2511f53, a);
    const high1 = multiplyHigh(0xcd9e, 0x8d57, c);
    const low1 = Math.imul(0xcd9e8d57, c);
    a = high1 ^ b ^ k0;
    b = low1;
    c = high0 ^ d ^ k1;
    d = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  block[0] = a;
  block[1] = b;
  block[2] = c;
  block[3] = d;
}

/** The lower 32 bits of a whole number. */
const low = (x: number): number => x >>> 0;

/** The key of a seed: its lower 64 bits. */
export const keyOf = (seed: number): readonly [number, number] => [low(seed), low(Math.floor(seed / 2 ** 32))];

/** 53 bits of two words as a number in [0, 1). */
export const fraction = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;

/** The upper 32 bits of a product without signs, of which one factor comes in two halves. */
function multiplyHigh(high: number, low: number, b: number): number {
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const first = Math.imul(high, bLow);
  const second = Math.imul(low, bHigh);
  const carry = ((Math.imul(low, bLow) >>> 16) + (first & 0xffff) + (second & 0xffff)) >>> 16;
  return (Math.imul(high, bHigh) + (first >>> 16) + (second >>> 16) + carry) | 0;
}

/** The two words that stand for a name: FNV-1a over UTF-16 units from two beginnings. */
export const streamOf = (name: string): readonly [number, number] => [hash(name, 0x811c9dc5), hash(name, 0x9747b28c)];

function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
