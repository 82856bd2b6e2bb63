import { fraction, keyOf, scramble, streamOf } from '../ops/random/philox.ts';

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
  const [key0, key1] = keyOf(seed).map((word) => word | 0) as [number, number];
  const [stream0, stream1] = streamOf(name);
  const words = new Int32Array(4);
  let block = 0;
  let spareBits = false;
  let spareNormal: number | undefined;
  const uniform = (): number => {
    spareBits = !spareBits;
    if (!spareBits) return fraction(words[2]!, words[3]!);
    words[0] = block;
    words[1] = Math.floor(block / 2 ** 32);
    words[2] = stream0;
    words[3] = stream1;
    scramble(words, key0, key1);
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
