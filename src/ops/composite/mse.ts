import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sub } from '../pointwise/sub.ts';
import { type Reduction, reduceLosses } from './reduction.ts';
import { square } from './square.ts';

/** Squared differences, their mean unless told otherwise. */
export const mse = <D extends DType>(
  prediction: Tensor<Shape, D>,
  target: Tensor<Shape, D>,
  { reduction = 'mean' }: { readonly reduction?: Reduction } = {},
): Tensor<Shape, D> => prediction.graph.scope('mse', () => reduceLosses(square(sub(prediction, target)), reduction));
