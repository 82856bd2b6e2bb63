import type * as FastCheck from 'fast-check';
import type { Degree, Draw } from '../../../graph/op.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import {
  cumulativeProduct,
  cumulativeSum,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  prod,
  softmax,
  sum,
  topK,
} from '../../../ops/index.ts';
import { type Argument, input } from '../expression.ts';
import { f32, seeded } from '../foreign-operator.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

interface Along {
  readonly axis: number;
}

interface Reduction {
  readonly name: string;
  readonly call?: string;
  readonly degree: Degree;
  readonly draw?: Draw;
  readonly kink?: boolean;
  readonly condition?: number;
  /** What follows the axis. */
  readonly more?: readonly Argument[];
  /** The axis must be the last. */
  readonly last?: boolean;
  readonly part?: string;
  reference(x: Tensor, axis: number): Tensor;
}

const shapes = (fc: typeof FastCheck): FastCheck.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

const reduction = (given: Reduction): TfjsOperator<Along> => ({
  name: given.name,
  cases: (fc) =>
    seeded(
      fc,
      fc.tuple(shapes(fc), fc.nat(2)).map(([shape, at]) => ({
        inputs: { x: f32(shape, { degree: given.degree, ...(given.draw && { draw: given.draw }) }) },
        attributes: { axis: given.last === true ? shape.length - 1 : at % shape.length },
        kink: given.kink === true,
        condition: given.condition ?? 1,
      })),
    ),
  call: ({ axis }) => ({
    call: given.call ?? given.name,
    args: [input('x'), ...(given.call === 'topk' ? [] : [axis]), ...(given.more ?? [])],
    ...(given.part && { part: given.part }),
  }),
  reference: ({ x }, { axis }) => given.reference(x!, axis),
});

const distinct: Draw = { kind: 'distinct', offset: -3 };
const ties: Draw = { kind: 'integers', low: 0, high: 1 };
const positive: Draw = { kind: 'range', low: 0.5, high: 2 };

/** Sums, extremes and their like along an axis. */
export const reductions: readonly TfjsOperator[] = [
  reduction({ name: 'sum', degree: 1, reference: (x, axes) => sum(x, { axes }) }),
  reduction({ name: 'mean', degree: 1, reference: (x, axes) => mean(x, { axes }) }),
  reduction({ name: 'prod', degree: 1, draw: positive, reference: (x, axes) => prod(x, { axes }) }),
  reduction({ name: 'max', degree: 1, draw: distinct, reference: (x, axes) => max(x, { axes }) }),
  reduction({ name: 'min', degree: 1, draw: distinct, reference: (x, axes) => min(x, { axes }) }),
  reduction({
    name: 'max ties',
    call: 'max',
    degree: 1,
    draw: ties,
    kink: true,
    reference: (x, axes) => max(x, { axes }),
  }),
  reduction({
    name: 'min ties',
    call: 'min',
    degree: 1,
    draw: ties,
    kink: true,
    reference: (x, axes) => min(x, { axes }),
  }),
  reduction({ name: 'logSumExp', degree: 'smooth', reference: (x, axes) => logSumExp(x, { axes }) }),
  reduction({ name: 'softmax', degree: 'smooth', last: true, reference: (x, axis) => softmax(x, axis) }),
  reduction({ name: 'logSoftmax', degree: 'smooth', last: true, reference: (x, axis) => logSoftmax(x, axis) }),
  reduction({ name: 'cumsum', degree: 1, reference: (x, axis) => cumulativeSum(x, axis) }),
  reduction({
    name: 'cumsum exclusive',
    call: 'cumsum',
    degree: 1,
    more: [true],
    reference: (x, axis) => cumulativeSum(x, axis, { exclusive: true }),
  }),
  reduction({
    name: 'cumsum reverse',
    call: 'cumsum',
    degree: 1,
    more: [false, true],
    reference: (x, axis) => cumulativeSum(x, axis, { reverse: true }),
  }),
  reduction({ name: 'cumprod', degree: 1, draw: positive, reference: (x, axis) => cumulativeProduct(x, axis) }),
  reduction({
    name: 'topk',
    call: 'topk',
    degree: 1,
    draw: distinct,
    last: true,
    more: [1],
    part: 'values',
    reference: (x, axis) => topK(x, 1, { axis }).values,
  }),
];
