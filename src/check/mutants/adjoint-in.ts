import { array, type NdArray } from '../../graph/nd-array.ts';
import { dot, movedBy, sizeOfDot } from '../compare.ts';
import { drawDirection } from '../draw.ts';
import type { Random } from '../random.ts';
import type { Line } from './elements-in.ts';

/** Holds gradients for `line.u` against f(x + v) − f(x) of a function that is affine in its input. */
export function adjointIn(
  { probe, condition, u, evaluate, exact }: Line,
  random: Random,
): (gradient: NdArray) => boolean {
  const v = drawDirection(probe.at, probe.draw, { steps: 1 }, random);
  const [from, to] = [evaluate(probe.at), evaluate(movedBy(probe.at, v, 1))];
  const moved = array(
    to,
    Array.from(to.data, (y, k) => y - from.data[k]!),
  );
  const forward = dot(moved, u);
  const size = sizeOfDot(to, u) + sizeOfDot(from, u);
  return (gradient) => {
    const terms = size + sizeOfDot(v, gradient) + sizeOfDot(probe.at, gradient);
    const tolerance = exact ? 0 : 64 * Number.EPSILON * condition * terms;
    return Math.abs(forward - dot(v, gradient)) <= tolerance;
  };
}
