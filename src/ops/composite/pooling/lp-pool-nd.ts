import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { abs } from '../../pointwise/abs.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import { readBy } from '../avg-pool-nd.ts';
import { composite } from '../composite.ts';
import { maxPoolNd } from '../max-pool-nd.ts';
import { type PoolOptions, poolAxes } from '../pool-axes.ts';
import { separable } from '../separable.ts';
import { absolutePower, checkExponent, power, root } from './lp-power.ts';
import type { PoolFunction } from './pool-function.ts';

/** Which norm a window gets. */
export interface LpPoolNorm {
  /** The exponent, any number above 0; Infinity is the largest magnitude. Default 2. */
  readonly p?: number;
  /**
   * `'onnx'` (the default): (Σ|x|^p)^(1/p). `'torch'`: (Σ x^p)^(1/p) without magnitudes, so that odd powers cancel and a
   * negative sum has no root (NaN); windows that ceil mode cuts off are scaled up to a whole one.
   */
  readonly convention?: 'onnx' | 'torch';
}

/** Norms of windows over `R` spatial axes. */
export type LpPoolFunction<R extends SpatialRank> = PoolFunction<R, LpPoolNorm>;

/** Norms of windows over the last `rank` axes; padding counts as zeros. */
export const lpPoolNd = (name: string, rank: number, x: Tensor, options: PoolOptions & LpPoolNorm): Tensor =>
  composite(name, { x }, () => {
    const { p = 2, convention = 'onnx' } = options;
    checkExponent(p);
    if (convention !== 'onnx' && convention !== 'torch')
      fail('pool/convention', `unknown convention '${String(convention)}'`, "use 'onnx' or 'torch'.");
    if (p === Number.POSITIVE_INFINITY) return maxPoolNd(name, rank, abs(x), options).values;
    const torch = convention === 'torch';
    const rows = poolAxes(x, rank, options).map((axis) =>
      Array.from({ length: axis.count }, (_, at) => {
        const { inside, padded } = readBy(axis, at);
        return inside.map((source) => [source, torch ? axis.window / padded : 1] as const);
      }),
    );
    const sums = separable(torch ? power(x, p) : absolutePower(x, p), [undefined, undefined, ...rows]);
    return root(sums, p);
  });
