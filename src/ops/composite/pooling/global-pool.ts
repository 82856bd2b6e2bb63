import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { refuse } from '../../refuse.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { GlobalShape } from '../../types/pool-shape.ts';
import { composite } from '../composite.ts';
import { maxPoolNd, type Ties } from '../max-pool-nd.ts';
import { logSumExp } from '../reduce/log-sum-exp.ts';
import { mean } from '../reduce/mean.ts';
import { absolutePower, checkExponent, root } from './lp-power.ts';

/** What `globalPool` makes of a plane. */
export type GlobalPoolOptions =
  | { readonly kind: 'avg' }
  /** The maximum; `ties` says which of several takes the gradient, default `'first'`. */
  | { readonly kind: 'max'; readonly ties?: Ties }
  /** (Σ|x|^p)^(1/p), p above 0, default 2; Infinity is the largest magnitude. */
  | { readonly kind: 'lp'; readonly p?: number }
  /** ln(Σ e^(r·x)) / r without overflow: between the maximum (r large) and the mean (r small, but for a constant); r is `sharpness`, above 0, default 1. */
  | { readonly kind: 'logSumExp'; readonly sharpness?: number };

/**
 * One number for every plane of x[N,C,…]: [N, C, 1, …] (operators.md 6). `avg` is global average pooling, over any number
 * of spatial axes.
 *
 * @throws GraphError `pool/rank` without batch and channels, `pool/kind` for a kind that is none of these.
 */
export const globalPool: <X extends Shape, D extends DType>(
  x: Tensor<X, D> & Float<D>,
  options: GlobalPoolOptions,
) => Tensor<GlobalShape<X>, D> = typed((x: Tensor, options: GlobalPoolOptions) =>
  composite('globalPool', { x }, () => {
    if (x.shape.length < 3)
      refuse(
        'pool/rank',
        { x: x.shape, rank: '3 or more' },
        'give x a batch and a channel axis before the spatial ones.',
      );
    return pool(x, options);
  }),
);

function pool(x: Tensor, options: GlobalPoolOptions): Tensor {
  const plane = { axes: x.shape.slice(2).map((_, i) => i + 2), keepDims: true };
  switch (options.kind) {
    case 'avg':
      return mean(x, plane);
    case 'max': {
      const { ties = 'first' } = options;
      return maxPoolNd('maxPool', x.shape.length - 2, x, { kernel: x.shape.slice(2), ties }).values;
    }
    case 'lp': {
      const { p = 2 } = options;
      checkExponent(p);
      if (p === Number.POSITIVE_INFINITY) return pool(absolutePower(x, 1), { kind: 'max' });
      return root(sum(absolutePower(x, p), plane), p);
    }
    case 'logSumExp': {
      const { sharpness = 1 } = options;
      if (!(sharpness > 0 && Number.isFinite(sharpness)))
        fail('pool/sharpness', `sharpness is ${String(sharpness)}`, 'give a number above 0.');
      return sharpness === 1 ? logSumExp(x, plane) : mul(logSumExp(mul(x, sharpness) as Tensor, plane), 1 / sharpness);
    }
    default:
      return fail(
        'pool/kind',
        `unknown kind '${String((options as { readonly kind: unknown }).kind)}'`,
        "use 'avg', 'max', 'lp' or 'logSumExp'.",
      );
  }
}
