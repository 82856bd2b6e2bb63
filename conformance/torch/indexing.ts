import { add, reshape, scatter, select, type Tensor } from 'cotangent';
import { gatherAlong, positionsAlong, take } from '../compose/along-axis.ts';
import { range } from '../compose/range.ts';
import type { Adapters } from './adapter.ts';

/** Elements chosen and placed by index tensors. */
export const indexing: Adapters = {
  gather: ({ input, index }, { dim }) => ({ output: gatherAlong(input, dim, index!) }),
  index_select: ({ input, index }, { dim }) => ({
    output: take(input, dim, index!.shape.length === 0 ? reshape(index!, [1]) : index!),
  }),
  masked_fill: ({ input, mask }, { value }) => ({ output: select(mask!, value, input) }),
  scatter_add: ({ input, index, src }, { dim }) => ({ output: added(input, dim, index!, src!) }),
  take_along_dim: ({ input, indices, index }, { dim }) => ({ output: gatherAlong(input, dim, (indices ?? index)!) }),
};

/** PyTorch reads only as much of `src` as `index` is large. */
function added(input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const used = index.shape.reduce<Tensor>((part, size, axis) => range(part, axis, 0, size), src);
  return add(
    input,
    scatter({ x: used, at: positionsAlong(input.shape, dim, index) }, { batch: 0, shape: input.shape }),
  );
}
