import type { NdArray } from '../graph/nd-array.ts';
import { dot, type Measured, movedBy, sizeOfDot } from './compare.ts';

/** Remainders of the linear approximation: they fall by 4 for every halving of the step where the gradient is right. */
export interface Taylor {
  readonly points: readonly { readonly step: number; readonly remainder: number }[];
  /**
   * How steeply the remainders fall on logarithmic axes: 2 or more where the gradient is right, 1 where it is wrong.
   * Undefined where nothing but rounding is left, as for affine functions.
   */
  readonly slope: number | undefined;
}

const halvings = 8;

/** |φ(h) − φ(0) − h·⟨g, d⟩| for φ(h) = ⟨u, f(x + h·d)⟩ and h = 1, ½, ¼, …. */
export function taylorOf({ probe, u, evaluate, condition }: Measured, gradient: NdArray, direction: NdArray): Taylor {
  const slope = dot(gradient, direction);
  const centre = evaluate(probe.at);
  const start = dot(u, centre);
  let rounding = 0;
  const points = Array.from({ length: halvings }, (_, k) => {
    const step = 2 ** -k;
    const y = evaluate(movedBy(probe.at, direction, step));
    rounding = Math.max(rounding, 64 * Number.EPSILON * condition * (sizeOfDot(u, y) + sizeOfDot(u, centre)));
    return { step, remainder: Math.abs(dot(u, y) - start - step * slope) };
  });
  return { points, slope: slopeOf(points.filter(({ remainder }) => remainder > 100 * rounding)) };
}

/** Least squares through the logarithms. */
function slopeOf(points: Taylor['points']): number | undefined {
  if (points.length < 3) return undefined;
  const logs = points.map(({ step, remainder }) => [Math.log2(step), Math.log2(remainder)] as const);
  const mean = (of: 0 | 1): number => logs.reduce((sum, each) => sum + each[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const products = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return products / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
