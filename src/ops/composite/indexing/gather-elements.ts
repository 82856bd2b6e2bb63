import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import { gatherOp } from '../../window/gather.ts';
import { composite } from '../composite.ts';
import { elementPositions } from './element-positions.ts';

/**
 * y[i, j, …] = x[at[i, j, …], j, …] for axis 0 (the default), likewise for others: PyTorch's `gather`, ONNX's GatherElements.
 * `at` (i32) has as many axes as x and, but for this one, is no longer than x. Negative indices count from the end; others
 * outside are refused at run time.
 *
 * @throws GraphError `index/rank`, `index/dtype`, `axes/range`.
 */
export const gatherElements: <T extends Shape, D extends DType>(
  x: Tensor<Shape, D>,
  at: Tensor<T, 'i32'>,
  axis?: number,
) => Tensor<T, D> = typed((x: Tensor, at: Tensor, axis?: number) =>
  composite('gatherElements', { x, at }, () => {
    const { at: positions, batch } = elementPositions(x, at, axis ?? 0);
    return gatherOp({ x, at: positions }, { batch });
  }),
);
