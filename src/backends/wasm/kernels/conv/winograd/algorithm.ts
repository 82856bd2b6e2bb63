import { pointsFor } from './points.ts';
import { type ToomCook, toomCook } from './toom-cook.ts';

const made = new Map<string, ToomCook>();

/** F(results, taps) with the points that suit it. Made once each: programs have many convolutions and few sizes of tiles. */
export function algorithm(results: number, taps: number): ToomCook {
  const key = `${results},${taps}`;
  const known = made.get(key) ?? toomCook(pointsFor(results + taps - 1), results, taps);
  made.set(key, known);
  return known;
}
