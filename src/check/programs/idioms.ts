import * as fc from 'fast-check';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import * as o from '../../ops/index.ts';
import type { Part } from './part.ts';

interface Axis {
  readonly axis: number;
}

/** What nets are made of beside convolutions, and what compilers look for: sums that are read again, chains of choices. */
const functions: { readonly [name: string]: (x: Tensor, attributes: Axis) => Tensor } = {
  relu: (x) => o.relu(x),
  leakyRelu: (x) => o.leakyRelu(x, 0.25),
  elu: (x) => o.elu(x),
  gelu: (x) => o.gelu(x),
  silu: (x) => o.silu(x),
  softplus: (x) => o.softplus(x),
  softmax: (x, { axis }) => o.softmax(x, axis),
  logSoftmax: (x, { axis }) => o.logSoftmax(x, axis),
  aroundMean: (x, { axis }) => o.sub(x, o.mean(x, { axes: [axis], keepDims: true }) as Tensor),
  aroundMaximum: (x, { axis }) => o.sub(o.max(x, { axes: [axis], keepDims: true }) as Tensor, x),
  sort: (x, { axis }) => o.sort(x, axis).values as Tensor,
  roll: (x, { axis }) => o.roll(x, axis, 2) as Tensor,
  gram: (x) => o.matmul(x, o.transpose(x, [0, 1, 3, 2])) as Tensor,
  groupNorm: (x) => (sizeOf(x.shape.slice(1)) > 3 ? o.groupNorm(x, { groups: 1, epsilon: 0.125 }) : o.square(x)),
  bends: (x) => o.select(o.less(x, 0), o.mul(x, 0.25), o.square(x)),
};

/** Functions of one image, along one of its axes. */
export const idioms: readonly Part[] = Object.entries(functions).map(([name, f]) => ({
  name,
  weight: 1,
  detaches: false,
  cases: fc.record({
    types: fc
      .tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2, 3), fc.constantFrom(1, 4, 5), fc.constantFrom(2, 3, 8))
      .map((shape) => ({ x: f64(...shape) })),
    attributes: fc.record({ axis: fc.integer({ min: 0, max: 3 }) }),
  }),
  // The result has the operand's type, or is refused as it is made.
  infer: ({ x }) => x!,
  emit: (_, { x }, attributes) => f(x!, attributes as Axis),
}));
