import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { type ScatterOptions, scatterInto } from './scatter-into.ts';
import { tuplePositions } from './tuple-positions.ts';

/**
 * x with slices put where index tuples say: `at` (i32) holds these along its last axis, ONNX's ScatterND. Negative indices
 * count from the end; others outside are refused at run time. Where a tuple comes twice, the last slice stands or all are
 * joined, as the options say.
 *
 * @throws GraphError `index/tuple`, `index/dtype`, `index/values`, `scatter/reduction`.
 */
export const scatterNd: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  at: Tensor<Shape, 'i32'>,
  values: Tensor<Shape, D>,
  options?: ScatterOptions,
) => Tensor<S, D> = typed((x: Tensor, at: Tensor, values: Tensor, options: ScatterOptions = {}) =>
  composite('scatterNd', { x, at, values }, () => {
    const positions = tuplePositions(x, at, 0);
    const needed = positions.at.shape;
    if (!sameShape(values.shape, needed))
      fail(
        'index/values',
        `the values are ${showType(values)}; the tuples need [${needed}]`,
        'give one slice for each tuple.',
      );
    return scatterInto(x, positions, values, options);
  }),
);
