import type { Arrays } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Degree, Draw } from '../../graph/op.ts';
import { dot } from '../compare.ts';
import { central, fivePoint, type Stencil, sevenPoint, stencilFor } from '../stencil.ts';

/** ⟨u, f⟩ at points near the drawn one. */
export type Functional = (values: Arrays) => Promise<Sample>;

/** A value with the sum of the magnitudes that it is made of, from which its rounding follows. */
export interface Sample {
  readonly value: number;
  readonly size: number;
}

/** A derivative, and how far rounding and truncation may have moved it. */
export interface Measured {
  readonly value: number;
  readonly uncertainty: number;
}

/** Where an input stands, and what is known of the function along it. */
export interface Moved {
  readonly name: string;
  readonly at: NdArray;
  readonly draw: Draw;
  readonly degree: Degree;
}

/** How far one element is moved: powers of two, so that polynomials stay exact. */
export function stepOf({ draw, degree }: Moved, x: number): number {
  const points = degree === 'smooth' ? 3 : stencilFor(degree).weights.length;
  switch (draw.kind) {
    case 'dyadic':
    case 'integers':
      return degree === 'smooth' ? 1 / 16 : 1;
    case 'distinct':
    case 'between':
      return powerOfTwoBelow(1 / 8 / points);
    case 'range':
      return powerOfTwoBelow(Math.min(x - draw.low, draw.high - x) / 8 / points);
  }
}

const powerOfTwoBelow = (x: number): number => 2 ** Math.floor(Math.log2(x));

/** The derivative along a direction whose entries are lengths of steps, of the function's own values. */
export async function measureAlong(
  values: Arrays,
  { name, at, degree }: Moved,
  direction: ArrayLike<number>,
  phi: Functional,
  epsilon: number,
): Promise<Measured> {
  const stencil = degree === 'smooth' ? sevenPoint : stencilFor(degree);
  const samples = new Map<number, Sample>();
  const reach = stencil.weights.length;
  for (let j = -reach; j <= reach; j++)
    if (j !== 0) samples.set(j, await phi({ ...values, [name]: shifted(at, direction, j) }));
  const along = (k: number): number => samples.get(k)!.value;
  const value = central(stencil, along) / stencil.divisor;
  const truncation = degree === 'smooth' ? Math.abs(value - central(fivePoint, along) / fivePoint.divisor) : 0;
  const size = Math.max(...[...samples.values()].map((sample) => sample.size));
  return { value, uncertainty: epsilon * size * shareOf(stencil) + 10 * truncation };
}

/** The derivative by every element of one input. */
export const measureElements = (
  values: Arrays,
  moved: Moved,
  phi: Functional,
  epsilon: number,
): Promise<readonly Measured[]> =>
  Promise.all(
    Array.from(moved.at.data, async (x, i) => {
      const direction = new Float64Array(moved.at.data.length);
      const step = stepOf(moved, x);
      direction[i] = step;
      const { value, uncertainty } = await measureAlong(values, moved, direction, phi, epsilon);
      return { value: value / step, uncertainty: uncertainty / step };
    }),
  );

const shareOf = ({ weights, divisor }: Stencil): number =>
  (2 * weights.reduce((sum, w) => sum + Math.abs(w), 0)) / divisor;

/** Both one-sided derivatives along a direction, of a function that is linear on either side as far as `step`. */
export async function measureSides(
  values: Arrays,
  along: Arrays,
  step: number,
  phi: Functional,
): Promise<{ readonly left: number; readonly right: number; readonly size: number }> {
  const at = (steps: number): Promise<Sample> => phi(movedBy(values, along, steps * step));
  const [below, middle, above] = await Promise.all([at(-1), at(0), at(1)]);
  return {
    left: (middle.value - below.value) / step,
    right: (above.value - middle.value) / step,
    size: (below.size + middle.size + above.size) / step,
  };
}

/** All inputs named in `along`, moved by so many times its elements. */
function movedBy(values: Arrays, along: Arrays, by: number): Arrays {
  const moved = Object.entries(along).map(([name, direction]) => {
    const at = values[name]!;
    return [
      name,
      array(
        at,
        Array.from(at.data, (x, i) => x + by * direction.data[i]!),
      ),
    ] as const;
  });
  return { ...values, ...Object.fromEntries(moved) };
}

const shifted = (at: NdArray, direction: ArrayLike<number>, steps: number): NdArray =>
  array(
    at,
    Array.from(at.data, (x, i) => x + steps * direction[i]!),
  );

/** ⟨u, y⟩ in doubles. */
export function pair(u: NdArray, y: NdArray): Sample {
  let size = 0;
  for (let i = 0; i < y.data.length; i++) size += Math.abs(u.data[i]! * y.data[i]!);
  return { value: dot(u, y), size };
}
