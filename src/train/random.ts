/** Draws numbers in [0, 1), 32 bits each. */
export type Random = () => number;

/**
 * A counter-based generator: the n-th draw is a hash of the keys and n, nothing else. So the crop of sample k in epoch e is
 * `random(seed, e, k)` whether or not anything was drawn before, and a resumed run draws what an uninterrupted one does.
 */
export function random(...keys: readonly number[]): Random {
  let key = 0x9e3779b9;
  for (const k of keys) key = mix(mix(key ^ (k >>> 0)) + Math.floor(k / 2 ** 32));
  let counter = 0;
  return () => mix(key + Math.imul(counter++, 0x9e3779b9)) / 2 ** 32;
}

/** A whole number in [0, below). */
export const randomInteger = (draw: Random, below: number): number => Math.floor(draw() * below);

/** A normal deviate, by Box and Muller. */
export const randomNormal = (draw: Random): number =>
  Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** 0 … length − 1 in random order, by Fisher and Yates. */
export function randomOrder(draw: Random, length: number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = randomInteger(draw, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Chris Wellons' lowbias32, a bijective hash of 32 bits. */
function mix(x: number): number {
  let h = x >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
