import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseSize } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { refuse } from '../refuse.ts';
import { typed } from '../typed.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { SliceShape } from '../types/slice-shape.ts';
import { padOp } from './pad-op.ts';
import { copyStrided } from './strided.ts';

/** Per axis: the first index, the index to stop before, the step between indices. */
export interface SliceAttributes {
  readonly starts: readonly number[];
  readonly limits: readonly number[];
  readonly steps: readonly number[];
}

/** The record of `slice`; with `pad` it is closed under differentiation. */
export const sliceOp: Op<'x', SliceAttributes> = defineOp('slice', {
  doc: 'On each axis the elements starts, starts + steps, … below limits.',
  infer: ({ x }, { starts, limits, steps }) => {
    for (const [which, list] of Object.entries({ starts, limits, steps }))
      if (list.length !== x.shape.length)
        refuse(
          'slice/axes',
          { x: x.shape, rank: x.shape.length, given: list.length, which },
          'give one number for each dimension.',
        );
    const shape = x.shape.map((size, axis) => {
      const [start, limit, step] = [starts[axis]!, limits[axis]!, steps[axis]!];
      if (!(Number.isInteger(start) && Number.isInteger(limit) && 0 <= start && start <= limit && limit <= size))
        refuse('slice/range', { start, limit, axis, size }, `choose 0 ≤ start ≤ limit ≤ ${size}.`);
      if (!Number.isInteger(step) || step < 1)
        fail('slice/step', `step ${step} on axis ${axis}`, 'use whole steps of at least 1; flip() reverses an axis.');
      return Math.ceil((limit - start) / step);
    });
    return { dtype: x.dtype, shape };
  },
  kernel: ({ x }, { starts, steps }, y) => {
    const strides = stridesOf(x.shape);
    const offset = strides.reduce((sum, stride, k) => sum + stride * starts[k]!, 0);
    const from = { offset, strides: strides.map((stride, k) => stride * steps[k]!) };
    copyStrided(y.shape, x.data, from, y.data, { offset: 0, strides: stridesOf(y.shape) });
  },
  vjp: {
    x: ({ x, y, ct }, { starts, steps }) => {
      const end = y.shape.map((n, k) => (n === 0 ? starts[k]! : starts[k]! + (n - 1) * steps[k]! + 1));
      const attributes = {
        lo: starts,
        hi: x.shape.map((d, k) => d - end[k]!),
        interior: steps.map((s) => s - 1),
        value: 0,
      };
      return padOp({ x: ct }, attributes);
    },
  },
  degree: { x: 1 },
  irrelevant: { limits: 'the size of the cotangent says where the slice ended' },
  simplify: ({ x }, { starts, limits, steps }) => {
    if (x.shape.every((size, k) => starts[k] === 0 && limits[k] === size && steps[k] === 1)) return x;
    return x.uniform;
  },
  cases: (fc) =>
    fc
      .record({
        dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'),
        axes: fc.array(
          fc.oneof(
            caseSize(fc).chain((size) =>
              fc.tuple(fc.constant(size), fc.nat(size), fc.nat(size), fc.integer({ min: 1, max: 3 })),
            ),
            // Ranges with several elements, whatever the step.
            fc
              .tuple(fc.integer({ min: 4, max: 7 }), fc.nat(1), fc.nat(1), fc.integer({ min: 1, max: 3 }))
              .map(([size, first, less, step]) => [size, first, size - less, step] as const),
          ),
          { maxLength: 3 },
        ),
      })
      .map(({ dtype, axes }) => ({
        types: { x: { dtype, shape: axes.map(([size]) => size) } },
        attributes: {
          starts: axes.map(([, a, b]) => Math.min(a, b)),
          limits: axes.map(([, a, b]) => Math.max(a, b)),
          steps: axes.map(([, , , step]) => step),
        },
      })),
  reach: (_, { starts, steps }) => ({
    x: { kind: 'axes', axes: starts.map((start, axis) => along(axis, { stride: steps[axis]!, lo: -start })) },
  }),
  flops: () => 0,
  onnx: ({ starts, limits, steps }) => ({
    op: 'Slice',
    attributes: { starts, ends: limits, axes: starts.map((_, k) => k), steps },
  }),
  example: (g) => slice(g.input('x', f64(2, 6)), { starts: [0, 1], limits: [2, 6], steps: [1, 2] }),
});

/** Ranges for `slice`, one number per axis; steps default to 1. */
export interface SliceRanges<Starts extends Shape = Shape, Limits extends Shape = Shape, Steps extends Shape = Shape> {
  readonly starts: Starts;
  readonly limits: Limits;
  readonly steps?: Steps;
}

/** On each axis the elements `starts`, `starts + steps`, … below `limits`. */
export const slice: <
  S extends Shape,
  D extends DType,
  const Starts extends Shape,
  const Limits extends Shape,
  const Steps extends Shape = never,
>(
  x: Tensor<S, D> & Fits<SliceShape<S, Starts, Limits, Steps>>,
  ranges: SliceRanges<Starts, Limits, Steps>,
) => Tensor<Sized<SliceShape<S, Starts, Limits, Steps>>, D> = typed(
  (x: Tensor, { starts, limits, steps }: SliceRanges) => {
    const attributes = { starts: [...starts], limits: [...limits], steps: [...(steps ?? starts.map(() => 1))] };
    return sliceOp({ x }, attributes);
  },
);
