import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import { normalizeAxis } from '../reduce/axes.ts';
import { reshape } from '../shape/reshape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ExpandShape } from '../types/squeeze-shape.ts';

/** x with a new axis of size 1 before axis `axis`; negative ones count from the end of the result. */
export const expandDims: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<ExpandShape<S, A>>,
  axis: A,
) => Tensor<Sized<ExpandShape<S, A>>, D> = frontDoor('expandDims', ['x'], (x: Tensor, axis: number) => {
  const at = normalizeAxis({ dtype: x.dtype, shape: [...x.shape, 1] }, axis);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
});
