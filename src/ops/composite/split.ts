import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType } from '../../graph/type.ts';
import { normalizeAxis } from '../reduce/axes.ts';
import { slice } from '../shape/slice.ts';

/**
 * x cut along an axis into pieces of the given sizes; one number means pieces of that size, the last perhaps smaller.
 *
 * @throws CotangentError `split/sizes` where the sizes do not add up to the axis.
 */
export function split<D extends DType>(
  x: Tensor<Shape, D>,
  sizes: number | readonly number[],
  axis = 0,
): Tensor<Shape, D>[] {
  const at = normalizeAxis(x, axis);
  const whole = x.shape[at]!;
  if (typeof sizes === 'number' && !(Number.isInteger(sizes) && sizes > 0))
    fail('split/sizes', `${sizes} is no size of a piece`, 'give a whole number of at least 1.');
  const list =
    typeof sizes === 'number'
      ? Array.from({ length: Math.ceil(whole / sizes) }, (_, k) => Math.min(sizes, whole - k * sizes))
      : sizes;
  if (list.reduce((sum, size) => sum + size, 0) !== whole || list.some((size) => size < 0))
    fail(
      'split/sizes',
      `[${list}] do not add up to axis ${at} of ${showType(x)}`,
      `choose sizes that add up to ${whole}.`,
    );
  let start = 0;
  return list.map((size) => {
    const [from, to] = [start, start + size];
    start = to;
    return slice(x, {
      starts: x.shape.map((_, k) => (k === at ? from : 0)),
      limits: x.shape.map((d, k) => (k === at ? to : d)),
    });
  });
}
