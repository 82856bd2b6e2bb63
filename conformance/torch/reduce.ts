import {
  abs,
  argmax,
  cast,
  cumulativeSum,
  logSumExp,
  max,
  mean,
  min,
  neg,
  notEqual,
  pow,
  sqrt,
  sum,
  type Tensor,
  variance,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { Adapter, Adapters, Attributes } from './adapter.ts';

/** Reductions and norms of vectors. */
export const reduce: Adapters = {
  amax: ({ input }, attributes) => ({ output: max(input, over(attributes)) }),
  amin: ({ input }, attributes) => ({ output: min(input, over(attributes)) }),
  argmax: ({ input }, attributes) => ({ output: position(input, attributes) }),
  argmin: ({ input }, attributes) => ({ output: position(neg(input), attributes) }),
  cumsum: ({ input }, { dim }) => ({ output: cumulativeSum(input, dim) }),
  logsumexp: ({ input }, attributes) => ({ output: logSumExp(input, over(attributes)) }),
  max: extreme(max, (x) => x),
  mean: ({ input }, attributes) => ({ output: mean(input, over(attributes)) }),
  min: extreme(min, neg),
  norm: ({ input }, { p, ...attributes }) => ({ output: norm(input, p, attributes) }),
  std: ({ input }, attributes) => ({ output: sqrt(spread(input, attributes)) }),
  std_mean: ({ input }, attributes) => ({
    std: sqrt(spread(input, attributes)),
    mean: mean(input, over(attributes)),
  }),
  sum: ({ input }, attributes) => ({ output: sum(input, over(attributes)) }),
  var: ({ input }, attributes) => ({ output: spread(input, attributes) }),
  var_mean: ({ input }, attributes) => ({ var: spread(input, attributes), mean: mean(input, over(attributes)) }),
  vector_norm: ({ input }, { ord, p, ...attributes }) => ({ output: norm(input, ord ?? p, attributes) }),
};

/** The axes to reduce, all for None (an empty list too). */
const over = ({ dim = null, keepdim = false }: Attributes) => ({
  ...(dim === null || dim.length === 0 ? {} : { axes: dim }),
  keepDims: keepdim,
});

const spread = (x: Tensor, attributes: Attributes): Tensor =>
  variance(x, { ...over(attributes), correction: attributes.correction ?? (attributes.unbiased === false ? 0 : 1) });

function extreme(f: typeof max, rising: (x: Tensor) => Tensor): Adapter {
  return ({ input }, attributes) => {
    const values = f(input, over(attributes));
    if ((attributes.dim ?? null) === null) return { output: values };
    return { values, indices: position(rising(input), attributes) };
  };
}

/** Without an axis the position among all elements. */
function position(x: Tensor, { dim = null, keepdim = false }: Attributes): Tensor {
  if (dim !== null) return argmax(x, dim, { keepDims: keepdim });
  return unsupported('argmax over all axes');
}

/** Σ|x|ᵖ to the power 1/p; the number of elements that are not 0 for p = 0, the extremes for p = ±∞. */
function norm(x: Tensor, p: number | string, attributes: Attributes): Tensor {
  const size = abs(x);
  switch (p) {
    case 'Infinity':
    case 'inf':
      return max(size, over(attributes));
    case '-Infinity':
    case '-inf':
      return min(size, over(attributes));
    case 0:
      return sum(cast(notEqual(x, 0), x.dtype), over(attributes));
    case 1:
      return sum(size, over(attributes));
    case 'fro':
    case 2:
      return sqrt(sum(pow(x, 2), over(attributes)));
    default:
      return pow(sum(pow(size, p as number), over(attributes)), 1 / (p as number));
  }
}
