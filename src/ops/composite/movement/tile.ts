import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { TileShape } from '../../types/tile-shape.ts';
import { composite } from '../composite.ts';

/**
 * x laid out again and again, `repeats` times along each axis; the shorter of shape and repeats is filled up with ones in
 * front, as in NumPy's and PyTorch's `tile` and in PyTorch's `repeat`.
 *
 * @throws CotangentError `tile/repeats` for repeats that are not whole numbers of at least 0.
 */
export const tile: <S extends Shape, D extends DType, const R extends Shape>(
  x: Tensor<S, D>,
  repeats: R,
) => Tensor<TileShape<S, R>, D> = typed((x: Tensor, repeats: Shape) =>
  composite('tile', { x }, () => {
    if (!repeats.every((n) => Number.isInteger(n) && n >= 0))
      fail('tile/repeats', `[${repeats}] are no numbers of copies`, 'give whole numbers of at least 0.');
    const rank = Math.max(repeats.length, x.shape.length);
    const filled = (list: Shape): number[] => [...new Array<number>(rank - list.length).fill(1), ...list];
    const [shape, times] = [filled(x.shape), filled(repeats)];
    const apart: Tensor = reshape(
      x,
      shape.flatMap((d) => [1, d]),
    );
    const laid: Tensor = broadcastTo(
      apart,
      shape.flatMap((d, k) => [times[k]!, d]),
    );
    return reshape(
      laid,
      shape.map((d, k) => d * times[k]!),
    );
  }),
);
