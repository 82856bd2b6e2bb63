import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { concat } from '../../shape/concat.ts';
import { reshape } from '../../shape/reshape.ts';
import { sliceAlong } from '../../shape/slice-along.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/**
 * x moved in a circle by `shifts` places along `axes`: what leaves at the end comes in at the beginning. An axis may come
 * twice. Without axes x is moved as one line of elements, in row-major order.
 *
 * @throws CotangentError `roll/shifts` unless there is one whole shift per axis.
 */
export const roll: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  shifts: number | Shape,
  axes?: number | Shape,
) => Tensor<S, D> = typed((x: Tensor, shifts: number | Shape, axes?: number | Shape) =>
  composite('roll', { x }, () => {
    const by = [shifts].flat();
    const over = axes === undefined ? undefined : [axes].flat();
    if (by.length !== (over ?? [0]).length || !by.every(Number.isInteger))
      fail('roll/shifts', `shifts [${by}] for axes [${over ?? 'all in one'}]`, 'give one whole shift per axis.');
    if (over === undefined) return reshape(rolled(reshape(x, [sizeOf(x.shape)]), by[0]!, 0), x.shape);
    return over.reduce((y, axis, k) => rolled(y, by[k]!, normalizeAxis(x, axis)), x);
  }),
);

function rolled(x: Tensor, by: number, axis: number): Tensor {
  const size = x.shape[axis]!;
  const cut = size === 0 ? 0 : ((-by % size) + size) % size;
  return cut === 0 ? x : concat([sliceAlong(x, axis, cut, size), sliceAlong(x, axis, 0, cut)], axis);
}
