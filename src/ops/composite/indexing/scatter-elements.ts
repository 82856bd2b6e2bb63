import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { slice } from '../../shape/slice.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { elementPositions } from './element-positions.ts';
import { type ScatterOptions, scatterInto } from './scatter-into.ts';

/**
 * x with y[at[i, j, …], j, …] = values[i, j, …] for axis 0 (the default), likewise for others: PyTorch's `scatter`,
 * `scatter_add` and `scatter_reduce`, ONNX's ScatterElements. `at` (i32) has as many axes as x and, but for this one, is no
 * longer than x; of longer `values` only the part under `at` counts. Negative indices count from the end; others outside are
 * refused at run time. Where an index comes twice, the last value stands or all are joined, as the options say.
 *
 * @throws GraphError `index/rank`, `index/dtype`, `index/values`, `axes/range`, `scatter/reduction`.
 */
export const scatterElements: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  at: Tensor<Shape, 'i32'>,
  values: Tensor<Shape, D>,
  options?: ScatterOptions & { readonly axis?: number },
) => Tensor<S, D> = typed(
  (x: Tensor, at: Tensor, values: Tensor, { axis = 0, ...options }: ScatterOptions & { readonly axis?: number } = {}) =>
    composite('scatterElements', { x, at, values }, () => {
      const positions = elementPositions(x, at, axis);
      if (values.shape.length !== at.shape.length || at.shape.some((d, k) => d > values.shape[k]!))
        fail(
          'index/values',
          `the values are ${showType(values)} for indices ${showType(at)}`,
          'give a value for each index.',
        );
      const used: Tensor = slice(values, { starts: at.shape.map(() => 0), limits: at.shape });
      return scatterInto(x, positions, used, options);
    }),
);
