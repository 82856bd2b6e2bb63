import {
  argmax,
  cumulativeProduct,
  cumulativeSum,
  logSumExp,
  max,
  mean,
  min,
  neg,
  norm,
  prod,
  reshape,
  sort,
  squeeze,
  std,
  sum,
  type Tensor,
  topK,
  variance,
} from 'cotangent';
import type { Adapter, Adapters, Attributes } from './adapter.ts';
import { sliceAxis } from './slice-axis.ts';

/** Reductions, norms of vectors, running sums and order. */
export const reduce: Adapters = {
  amax: ({ input }, attributes) => ({ output: max(input, over(attributes)) }),
  amin: ({ input }, attributes) => ({ output: min(input, over(attributes)) }),
  argmax: ({ input }, attributes) => ({ output: position(input, attributes) }),
  argmin: ({ input }, attributes) => ({ output: position(neg(input), attributes) }),
  cumprod: ({ input }, { dim }) => ({ output: cumulativeProduct(input, dim) }),
  cumsum: ({ input }, { dim }) => ({ output: cumulativeSum(input, dim) }),
  logsumexp: ({ input }, attributes) => ({ output: logSumExp(input, over(attributes)) }),
  max: extreme(max, (x) => x),
  mean: ({ input }, attributes) => ({ output: mean(input, over(attributes)) }),
  median: ({ input }, { dim = null, keepdim = false }) => {
    const x = dim === null ? reshape(input, [-1]) : input;
    const axis = dim ?? 0;
    const middle = Math.floor((x.shape.at(axis)! - 1) / 2);
    const { values, indices } = sort(x, axis);
    const pick = (t: Tensor): Tensor => {
      const one = sliceAxis(t, axis, middle, middle + 1);
      return keepdim ? one : squeeze(one, [axis]);
    };
    return dim === null ? { output: pick(values) } : { values: pick(values), indices: pick(indices) };
  },
  min: extreme(min, neg),
  norm: ({ input }, { p = 2, ...attributes }) => ({ output: norm(input, { p: exponent(p), ...over(attributes) }) }),
  prod: ({ input }, attributes) => ({ output: prod(input, over(attributes)) }),
  sort: ({ input }, { dim = -1, descending = false }) => ({ ...sort(input, dim, { descending }) }),
  std: ({ input }, attributes) => ({ output: std(input, estimate(attributes)) }),
  std_mean: ({ input }, attributes) => ({
    std: std(input, estimate(attributes)),
    mean: mean(input, over(attributes)),
  }),
  sum: ({ input }, attributes) => ({ output: sum(input, over(attributes)) }),
  topk: ({ input }, { k, dim = -1, largest = true }) => ({ ...topK(input, k, { axis: dim, least: !largest }) }),
  var: ({ input }, attributes) => ({ output: variance(input, estimate(attributes)) }),
  var_mean: ({ input }, attributes) => ({
    var: variance(input, estimate(attributes)),
    mean: mean(input, over(attributes)),
  }),
  vector_norm: ({ input }, { ord = 2, ...attributes }) => ({
    output: norm(input, { p: exponent(ord), ...over(attributes) }),
  }),
};

/** The axes to reduce, all for None (an empty list too). */
const over = ({ dim = null, keepdim = false }: Attributes) => ({
  ...(dim === null || dim.length === 0 ? {} : { axes: dim }),
  keepDims: keepdim,
});

/** Variances are unbiased unless told. */
const estimate = (attributes: Attributes) => ({
  ...over(attributes),
  correction: attributes.correction ?? (attributes.unbiased === false ? 0 : 1),
});

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
  const flat = argmax(reshape(x, [-1]), 0);
  return keepdim
    ? reshape(
        flat,
        x.shape.map(() => 1),
      )
    : flat;
}

/** Infinities are strings in case files, 'fro' is the norm of all elements. */
const exponent = (p: number | string): number =>
  p === 'fro' ? 2 : Number(String(p).replace(/^(-?)inf$/, '$1Infinity'));
