import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Type } from '../../graph/type.ts';
import { dot } from '../compare.ts';
import { Random } from '../random.ts';
import { rowOf, type Scheme } from './scheme.ts';
import { twoPoint } from './two-point.ts';

const eps = 1e-4;
const tolerance = 1e-5;

/** Absolute and relative tolerance both grow with the number of elements compared. */
const isClose = (claimed: number, numeric: number, size: number): boolean =>
  Math.abs(claimed - numeric) <= tolerance * size * (1 + Math.abs(numeric));

/**
 * As `jax.test_util.check_grads` does at order 1: one normal tangent and one normal cotangent, the same ones every time;
 * two points 10⁻⁴ on either side; ⟨u, J·v⟩ within 10⁻⁵, and J·v element by element within 10⁻⁵ times their number.
 */
export const jaxStyle: Scheme = {
  name: 'JAX',
  measure: (point) => {
    const v = normal(point.at, 'tangent');
    const moved = twoPoint(point, v, eps);
    const u = normal(moved, 'cotangent');
    const numeric = dot(moved, u);
    return (pull) =>
      isClose(dot(v, pull(u)), numeric, 1) &&
      Array.from(moved.data).every((pushed, k) =>
        isClose(dot(v, rowOf(pull, array(moved), k)), pushed, moved.data.length),
      );
  },
};

function normal(type: Type, label: string): NdArray {
  const random = new Random(0, 'jax', label);
  const drawn = array(type);
  const share = (position: number): number => random.integer(position, 1, 2 ** 24) / 2 ** 24;
  for (let i = 0; i < drawn.data.length; i++)
    drawn.data[i] = Math.sqrt(-2 * Math.log(share(2 * i))) * Math.cos(2 * Math.PI * share(2 * i + 1));
  return drawn;
}
