import { add, constant, gather, i32, mul, reshape, type Tensor } from 'cotangent';
import type { Adapters } from './adapter.ts';

/** Elements chosen and placed by index tensors. */
export const indexing: Adapters = {
  gather: ({ input, index }, { dim }) => ({ output: along(input, dim, index!, index!.shape) }),
  index_select: ({ input, index }, { dim }) => {
    const axis = dim < 0 ? dim + input.shape.length : dim;
    const count = index!.shape[0] ?? 1;
    const spread = reshape(
      index!,
      input.shape.map((_, k) => (k === axis ? count : 1)),
    );
    return { output: along(input, axis, spread, input.shape.with(axis, count)) };
  },
};

/** Elements of x at `index` along one axis and at their own place along the others. */
function along(x: Tensor, dim: number, index: Tensor, shape: readonly number[]): Tensor {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  const strides = x.shape.map((_, k) => x.shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const steps = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const size = shape.reduce((a, b) => a * b, 1);
  const others = Array.from({ length: size }, (_, i) =>
    shape.reduce((sum, d, k) => sum + (k === axis ? 0 : (Math.floor(i / steps[k]!) % d) * strides[k]!), 0),
  );
  const at = add(mul(index, strides[axis]!), constant(x.graph, i32(...shape), others));
  return gather({ x, at }, { batch: 0 });
}
