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

/** A sequence of random numbers that depends on nothing but a seed and a name. */
export interface RandomStream {
  /** Evenly in [0, 1), in steps of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
}

/**
 * The stream of a seed and a name: streams of other names or seeds are independent of it, so a parameter's first values
 * do not change when a net gains another.
 */
export function randomStream(seed: number, name: string): RandomStream {
  const key = [low(seed), low(Math.floor(seed / 2 ** 32))] as const;
  const stream = [hash(name, 0x811c9dc5), hash(name, 0x9747b28c)] as const;
  let block = 0;
  let words: Words = [0, 0, 0, 0];
  let spareBits = false;
  let spareNormal: number | undefined;
  const uniform = (): number => {
    spareBits = !spareBits;
    if (!spareBits) return fraction(words[2], words[3]);
    words = philox4x32([low(block), low(Math.floor(block / 2 ** 32)), ...stream], key);
    block += 1;
    return fraction(words[0], words[1]);
  };
  const normal = (): number => {
    if (spareNormal !== undefined) {
      const spare = spareNormal;
      spareNormal = undefined;
      return spare;
    }
    // 1 − u is never zero, so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal };
}

const low = (x: number): number => x >>> 0;

/** 53 bits of two words as a number in [0, 1). */
const fraction = (a: number, b: number): number => ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;

/** The upper 32 bits of a 64-bit product, exact in doubles: each partial product stays below 2⁴⁹. */
const multiplyHigh = (a: number, b: number): number =>
  Math.floor((a * (b >>> 16) + Math.floor((a * (b & 0xffff)) / 2 ** 16)) / 2 ** 16);

/** FNV-1a over UTF-16 units. */
function hash(text: string, start: number): number {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
