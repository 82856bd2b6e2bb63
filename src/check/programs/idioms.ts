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

/** What passes may take away, or must not: zeros have signs, and 0·∞ is no number. */
const detours: typeof functions = {
  timesOne: (x) => o.mul(x, 1),
  timesZero: (x) => o.mul(x, 0),
  timesMinusOne: (x) => o.mul(-1, x),
  plusZero: (x) => o.add(x, 0),
  plusMinusZero: (x) => o.add(x, -0),
  minusZero: (x) => o.sub(x, 0),
  zeroMinus: (x) => o.sub(o.mul(x, 0), x),
  byOne: (x) => o.div(x, 1),
  itself: (x) => o.div(x, x),
  negatedTwice: (x) => o.neg(o.neg(x)),
  absoluteTwice: (x) => o.abs(o.abs(o.neg(x))),
  transposedTwice: (x) => o.transpose(o.transpose(x, [0, 2, 3, 1]), [0, 3, 1, 2]),
  reshapedTwice: (x) => o.reshape(o.reshape(x, [-1]), x.shape),
  flippedTwice: (x, { axis }) => o.flip(o.flip(x, [axis, 0].slice(0, axis + 1)), [axis]),
  largerOfBoth: (x) => o.maximum(x, o.minimum(x, x)),
  choiceOfOne: (x) => o.select(o.lessEqual(x, x), x, o.neg(x)),
  toFirstPower: (x) => o.pow(x, 1),
  squaredByPower: (x) => o.pow(x, 2),
  sliceOfPadded: (x) =>
    o.slice(
      o.pad(
        x,
        x.shape.map(() => [1, 1] as const),
        {},
      ),
      {
        starts: x.shape.map(() => 1),
        limits: x.shape.map((d) => d + 1),
      },
    ),
  partsJoined: (x, { axis }) => o.concat([x, o.slice(x, { starts: [0, 0, 0, 0], limits: x.shape })], axis) as Tensor,
  sumOfOne: (x) => o.sum(o.expandDims(x, 0), { axes: [0] }) as Tensor,
  repeated: (x) => o.mul(o.broadcastTo(o.sum(x, { axes: [1], keepDims: true }) as Tensor, x.shape), x),
  throughDoubles: (x) => o.cast(o.cast(x, 'f64'), x.dtype) as Tensor,
};

/** Functions of one image, along one of its axes. */
export const idioms: readonly Part[] = Object.entries({ ...functions, ...detours }).map(([name, f]) => ({
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
