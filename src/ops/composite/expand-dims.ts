import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { normalizeAxis } from '../reduce/axes.ts';
import { reshape } from '../shape/reshape.ts';

/** x with a new axis of size 1 before axis `axis`; negative ones count from the end of the result. */
export function expandDims<D extends DType>(x: Tensor<Shape, D>, axis: number): Tensor<Shape, D> {
  const at = normalizeAxis({ dtype: x.dtype, shape: [...x.shape, 1] }, axis);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}
