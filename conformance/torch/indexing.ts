import { broadcastTo, full, gatherElements, mul, reshape, scatterElements, select, type Tensor, take } from 'cotangent';
import type { Adapters } from './adapter.ts';

/** Elements chosen and placed by index tensors. */
export const indexing: Adapters = {
  gather: ({ input, index }, { dim }) => ({ output: gatherElements(input, labels(index), dim) }),
  index_add: ({ input, index, source }, { dim, alpha = 1 }) => ({
    output: scatterElements(input, alongOthers(labels(index), source!, dim), mul(source!, alpha), {
      axis: dim,
      reduction: 'add',
    }),
  }),
  index_select: ({ input, index }, { dim }) => ({ output: take(input, reshape(labels(index), [-1]), dim) }),
  masked_fill: ({ input, mask }, { value }) => ({ output: select(mask!, value, input) }),
  scatter: ({ input, index, src }, { dim, value, reduce: how }) => {
    const reduction = how === 'add' ? 'add' : how === 'multiply' ? 'mul' : 'none';
    const values = src ?? full(input.graph, { dtype: input.dtype, shape: index!.shape }, value);
    return { output: scatterElements(input, labels(index), values, { axis: dim, reduction }) };
  },
  scatter_add: ({ input, index, src }, { dim }) => ({
    output: scatterElements(input, labels(index), src!, { axis: dim, reduction: 'add' }),
  }),
  scatter_reduce: ({ input, index, src }, { dim, reduce: how, include_self = true }) => ({
    output: scatterElements(input, labels(index), src!, {
      axis: dim,
      reduction: reductions[how as keyof typeof reductions],
      includeSelf: include_self,
    }),
  }),
  take_along_dim: ({ input, indices }, { dim }) => ({ output: gatherElements(input, labels(indices), dim) }),
};

const reductions = { sum: 'add', prod: 'mul', mean: 'mean', amax: 'max', amin: 'min' } as const;

type Labels = Tensor<readonly number[], 'i32'>;

/** Index tensors of the cases are integers. */
const labels = (index: Tensor | undefined): Labels => index as Labels;

/** One index along an axis for every element beside it. */
function alongOthers(index: Labels, x: Tensor, dim: number): Labels {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  const column = reshape(
    index,
    x.shape.map((_, k) => (k === axis ? -1 : 1)),
  );
  return broadcastTo(column, x.shape) as Labels;
}
