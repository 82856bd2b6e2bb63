import type { DType } from '../../../graph/dtype.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { TakeShape } from '../../types/index-shapes.ts';
import { gatherOp } from '../../window/gather.ts';
import { composite } from '../composite.ts';
import { checkIndices, flatPositions, spread } from './flat-positions.ts';

/**
 * The slices of x at some indices along an axis (the first unless given): the axis is replaced by those of `at` (i32).
 * NumPy's `take`, PyTorch's `index_select`, ONNX's Gather. Negative indices count from the end; others outside are refused
 * at run time. Where an index comes twice, gradients add up.
 *
 * @throws GraphError `axes/range`, `index/dtype`.
 */
export const take: <S extends Shape, D extends DType, T extends Shape, A extends number = 0>(
  x: Tensor<S, D> & Fits<TakeShape<S, T, A>>,
  at: Tensor<T, 'i32'>,
  axis?: A,
) => Tensor<Sized<TakeShape<S, T, A>>, D> = typed((x: Tensor, at: Tensor, axis?: number) =>
  composite('take', { x, at }, () => {
    checkIndices(at);
    const k = normalizeAxis(x, axis ?? 0);
    const [before, after] = [x.shape.slice(0, k), x.shape.slice(k + 1)];
    const [blocks, inner] = [sizeOf(before), sizeOf(after)];
    const rows = flatPositions([{ at: reshape(at, [sizeOf(at.shape)]) }], [x.shape[k]!]);
    const positions = spread(rows, [inner]);
    const read = gatherOp(
      {
        x: reshape(x, [blocks, x.shape[k]! * inner]),
        at: broadcastTo(positions, [blocks, ...positions.shape]),
      },
      { batch: 1 },
    );
    return reshape(read, [...before, ...at.shape, ...after]);
  }),
);
