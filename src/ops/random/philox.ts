/** Four 32-bit words: a counter, or a block of random bits. */
export type Words = readonly [number, number, number, number];

/**
 * Philox4x32-10, a counter-based generator: block n of a stream is a keyed scrambling of n, so that any block can be had
 * without those before it. Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011).
 */
export function philox4x32(counter: Words, key: readonly [number, number]): Words {
  let [a, b, c, d] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, a);
    const low0 = Math.imul(0xd2511f53, a) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c);
    const low1 = Math.imul(0xcd9e8d57, c) >>> 0;
    a = (high1 ^ b ^ k0) >>> 0;
    b = low1;
    c = (high0 ^ d ^ k1) >>> 0;
    d = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [a, b, c, d];
}

/** The lower 32 bits of a whole number. */
export const low = (x: number): number => x >>> 0;

/** The key of a seed: its lower 64 bits. */
export const keyOf = (seed: number): readonly [number, number] => [low(seed), low(Math.floor(seed / 2 ** 32))];

/** 53 bits of two words as a number in [0, 1). */
export const fraction = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;

/** The upper 32 bits of a 64-bit product, exact in doubles: each partial product stays below 2⁴⁹. */
const multiplyHigh = (a: number, b: number): number =>
  Math.floor((a * (b >>> 16) + Math.floor((a * (b & 0xffff)) / 2 ** 16)) / 2 ** 16);

/** The two words that stand for a name: FNV-1a over UTF-16 units from two beginnings. */
export const streamOf = (name: string): readonly [number, number] => [hash(name, 0x811c9dc5), hash(name, 0x9747b28c)];

function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
