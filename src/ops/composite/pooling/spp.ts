import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { concat } from '../../shape/concat.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { PyramidShape } from '../../types/pool-shape.ts';
import { adaptiveAvgPoolNd } from '../adaptive-avg-pool-nd.ts';
import { composite } from '../composite.ts';
import type { Ties } from '../max-pool-nd.ts';
import { adaptiveMaxPoolNd } from './adaptive-max-pool-nd.ts';

/** How the cells of the grids are made. */
export interface SppOptions {
  /** Maxima (the default, as in He et al. 2014) or means. */
  readonly kind?: 'max' | 'avg';
  /** Of maxima: which of several takes the gradient; default `'first'`. */
  readonly ties?: Ties;
}

type Spp<R extends SpatialRank> = <X extends Shape, D extends DType, const Levels extends readonly number[]>(
  x: Tensor<X, D> & Float<D> & Fits<PyramidShape<R, X, Levels>>,
  levels: Levels,
  options?: SppOptions,
) => Tensor<Sized<PyramidShape<R, X, Levels>>, D>;

/**
 * Spatial pyramid pooling of x[N,C,H,W] (operators.md 18): for each level n a grid of n × n cells (not n × n windows),
 * all flattened one after the other, each level channel by channel: [N, C·Σ n²], whatever the size of x; 50·C for levels
 * 1, 2, 3, 6.
 *
 * @throws GraphError `pool/levels` without any level, `option/value` for one that is no whole number of at least 1.
 */
export const spp: Spp<2> = typed((x: Tensor, levels: readonly number[], options: SppOptions = {}) =>
  composite('spp', { x }, () => {
    const { kind = 'max', ties = 'first' } = options;
    if (levels.length === 0) fail('pool/levels', 'no levels are given', 'give at least one, such as [1, 2, 3, 6].');
    if (kind !== 'max' && kind !== 'avg') fail('pool/kind', `unknown kind '${String(kind)}'`, "use 'max' or 'avg'.");
    const grids = levels.map((n) =>
      kind === 'avg'
        ? adaptiveAvgPoolNd('adaptiveAvgPool2d', 2, x, n)
        : adaptiveMaxPoolNd('adaptiveMaxPool2d', 2, x, n, { ties }).values,
    );
    return concat(
      grids.map((grid) => reshape(grid, [grid.shape[0]!, sizeOf(grid.shape.slice(1))])),
      1,
    );
  }),
);
