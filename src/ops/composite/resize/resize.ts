import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { normalizeAxes, normalizeAxis } from '../../reduce/axes.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { ResizeAxesShape } from '../../types/resize-shape.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { type Kept, resizeAlong } from './resize-nd.ts';
import type { KeepAspect, ResizeOptions } from './resize-options.ts';

/**
 * x with any of its axes sampled at another size, as ONNX's Resize: `axes` may name batch and channels too, in any order,
 * and the options that are one per axis follow that order.
 *
 * @throws GraphError `axes/range`, `axes/repeated`, and what `resize2d` throws.
 */
export const resize: <
  X extends Shape,
  D extends DType,
  const Axes extends Shape,
  const Size extends PerAxis = never,
  const Scale extends PerAxis = never,
  Keep extends KeepAspect = 'stretch',
>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeAxesShape<X, Axes, Kept<Size, Keep>, Scale>>,
  options: ResizeOptions<Size, Scale, Keep> & { readonly axes: Axes },
) => Tensor<Sized<ResizeAxesShape<X, Axes, Kept<Size, Keep>, Scale>>, D> = typed(
  (x: Tensor, { axes, ...options }: ResizeOptions & { readonly axes: Shape }) =>
    composite('resize', { x }, () => {
      normalizeAxes(x, axes);
      // In the order given, which the other options follow.
      const order = axes.map((axis) => normalizeAxis(x, axis));
      return resizeAlong(x, order, options);
    }),
);
