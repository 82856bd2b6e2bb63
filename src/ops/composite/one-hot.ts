import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { i32 } from '../../graph/type.ts';
import { iota } from '../constant/iota.ts';
import { frontDoor } from '../front-door.ts';
import { cast } from '../pointwise/cast.ts';
import { equal } from '../pointwise/compare.ts';
import { normalizeAxis } from '../reduce/axes.ts';
import { reshape } from '../shape/reshape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ExpandShape, OneHotShape } from '../types/squeeze-shape.ts';
import { expandDims } from './expand-dims.ts';

/**
 * i32 class indices as vectors of zeros with a one at the index, along a new axis (the last unless told).
 * An index outside 0 … classes − 1 gives zeros only.
 */
export const oneHot: <S extends Shape, N extends number, D extends FloatDType, A extends number = -1>(
  indices: Tensor<S, 'i32'> & Fits<ExpandShape<S, A>>,
  classes: N,
  dtype: D,
  axis?: A,
) => Tensor<Sized<OneHotShape<S, N, A>>, D> = frontDoor(
  'oneHot',
  ['indices'],
  (indices: Tensor, classes: number, dtype: FloatDType, axis?: number) =>
    indices.graph.scope('oneHot', () => {
      const apart = expandDims(indices, axis ?? -1);
      const at = normalizeAxis(apart, axis ?? -1);
      const labels = reshape(
        iota(indices.graph, i32(classes), 0),
        apart.shape.map((_, k) => (k === at ? classes : 1)),
      );
      return cast(equal(apart, labels), dtype);
    }),
);
