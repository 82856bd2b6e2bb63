import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import { normalizeAxis } from '../reduce/axes.ts';
import { refuse } from '../refuse.ts';
import { slice } from '../shape/slice.ts';
import type { Fits } from '../types/fits.ts';
import type { SplitFits, SplitTensors } from '../types/split-shape.ts';

/**
 * x cut along an axis into pieces of the given sizes; one number means pieces of that size, the last perhaps smaller.
 *
 * @throws CotangentError `split/sizes` where the sizes do not add up to the axis.
 */
export const split: <S extends Shape, D extends DType, const Sizes extends number | Shape, A extends number = 0>(
  x: Tensor<S, D> & Fits<SplitFits<S, Sizes, A>>,
  sizes: Sizes,
  axis?: A,
) => SplitTensors<S, D, Sizes, A> = frontDoor('split', ['x'], (x: Tensor, sizes: number | Shape, axis?: number) => {
  const at = normalizeAxis(x, axis ?? 0);
  const whole = x.shape[at]!;
  if (typeof sizes === 'number' && !(Number.isInteger(sizes) && sizes > 0))
    fail('split/size', `${sizes} is no size of a piece`, 'give a whole number of at least 1.');
  const list =
    typeof sizes === 'number'
      ? Array.from({ length: Math.ceil(whole / sizes) }, (_, k) => Math.min(sizes, whole - k * sizes))
      : sizes;
  if (list.reduce((sum, size) => sum + size, 0) !== whole || list.some((size) => size < 0))
    refuse(
      'split/sizes',
      { sizes: list, size: whole, axis: at, x: x.shape },
      `choose sizes of at least 0 that add up to ${whole}.`,
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
});
