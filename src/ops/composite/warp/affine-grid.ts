import type { DType } from '../../../graph/dtype.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { full } from '../../constant/full.ts';
import { iota } from '../../constant/iota.ts';
import { matmul } from '../../linear/matmul.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { AffineGridShape } from '../../types/grid-sample-shape.ts';
import { composite } from '../composite.ts';
import { stack } from '../stack.ts';

/** Options of `affineGrid`. */
export interface AffineGridOptions {
  /** Whether −1 and 1 mean the centres of the end elements, not their outer edges; default false. */
  readonly alignCorners?: boolean;
}

/**
 * The grid for `gridSample` that reads an image of `size` [N,C,…] through the affine maps theta[N,axes,axes+1], in two or
 * three dimensions: every point (x, y, …, 1) of the square from −1 to 1, times its map. Result [N,…,axes].
 *
 * @throws CotangentError `affine-grid/theta` where theta does not fit the size.
 */
export const affineGrid: <T extends Shape, D extends DType, const Size extends Shape>(
  theta: Tensor<T, D> & Float<D> & Fits<AffineGridShape<T, Size>>,
  size: Size,
  options?: AffineGridOptions,
) => Tensor<Sized<AffineGridShape<T, Size>>, D> = typed(
  (theta: Tensor, size: Shape, { alignCorners = false }: AffineGridOptions = {}) =>
    composite('affineGrid', { theta }, () => {
      const [batch, , ...spatial] = size;
      const axes = spatial.length;
      const needed = [batch ?? 0, axes, axes + 1];
      if (axes < 1 || !sameShape(theta.shape, needed))
        refuse(
          'affine-grid/theta',
          { theta: theta.shape, size, needed },
          'give one matrix [axes, axes + 1] per image.',
        );
      const points: Shape = spatial;
      const type = { dtype: theta.dtype, shape: points };
      const along = (k: number): Tensor => {
        const length = points[k]!;
        // The centres of `length` elements between −1 and 1, or its ends and what is between them.
        const [step, first] = alignCorners
          ? length > 1
            ? [2 / (length - 1), 1]
            : [0, 0]
          : [2 / length, 1 - 1 / length];
        return sub(mul(iota(theta.graph, type, k), step), first);
      };
      const columns = [...points.keys()].reverse().map(along);
      const homogeneous = stack([...columns, full(theta.graph, type, 1) as Tensor], axes);
      const flat = reshape(homogeneous, [-1, axes + 1]);
      const grid = matmul(flat, transpose(theta, [0, 2, 1]));
      return reshape(grid, [batch!, ...points, axes]);
    }),
);
