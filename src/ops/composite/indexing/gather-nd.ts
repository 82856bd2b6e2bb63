import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { GatherNdShape } from '../../types/index-shapes.ts';
import { gatherOp } from '../../window/gather.ts';
import { composite } from '../composite.ts';
import { tuplePositions } from './tuple-positions.ts';

/** How `gatherNd` reads. */
export interface GatherNdOptions<B extends number = number> {
  /** How many leading axes x and the indices share; none unless given. */
  readonly batch?: B;
}

/**
 * The slices of x that index tuples name: `at` (i32) holds these along its last axis, ONNX's GatherND. Negative indices count
 * from the end; others outside are refused at run time.
 *
 * @throws GraphError `index/tuple` where the tuples do not fit x, `index/dtype`.
 */
export const gatherNd: <S extends Shape, D extends DType, T extends Shape, B extends number = 0>(
  x: Tensor<S, D>,
  at: Tensor<T, 'i32'>,
  options?: GatherNdOptions<B>,
) => Tensor<GatherNdShape<S, T, B>, D> = typed((x: Tensor, at: Tensor, { batch = 0 }: GatherNdOptions = {}) =>
  composite('gatherNd', { x, at }, () => {
    const { at: positions } = tuplePositions(x, at, batch);
    return gatherOp({ x, at: positions }, { batch });
  }),
);
