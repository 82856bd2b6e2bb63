import { type RandomStream, randomStream } from '../nn/random.ts';

/** Draws random numbers, the same ones for the same keys. */
export type Random = RandomStream;

/**
 * The random numbers of one purpose: they depend on the seed and the path only, whatever was drawn elsewhere. So the window of sample
 * k in epoch e is `random(seed, 'window', e, k)`, and a resumed run draws what an uninterrupted one does.
 */
export const random = (seed: number, ...path: readonly (string | number)[]): Random =>
  randomStream(seed, path.join('/'));

/** A whole number in [0, below). */
export const randomInteger = (draw: Random, below: number): number => Math.floor(draw.uniform() * below);

/** 0 … length − 1 in random order, by Fisher and Yates. */
export function randomOrder(draw: Random, length: number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = randomInteger(draw, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
