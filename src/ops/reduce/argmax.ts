import { fail } from '../../graph/error.ts';
import { nondiff, type Op } from '../../graph/op.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { reshape } from '../shape/reshape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ReduceShape } from '../types/reduce-shape.ts';
import { checkAxes, normalizeAxis, reducedReach } from './axes.ts';
import { beats } from './beats.ts';
import { keptShape } from './sum.ts';
import { sumsOf } from './sums-of.ts';

export interface ArgmaxAttributes {
  /** Increasing. */
  readonly axes: readonly number[];
  /** Which of several equal maxima counts. */
  readonly ties: 'first' | 'last';
}

/** The record of `argmax`. */
export const argmaxOp: Op<'x', ArgmaxAttributes> = defineOp('argmax', {
  doc: 'i32 position of the greatest element over the given axes, flat and row-major in them; the axes vanish. NaN is greater than every number.',
  infer: ({ x }, { axes, ties }) => {
    checkAxes(x, axes);
    if (x.dtype === 'bool')
      fail('argmax/dtype', `${showType(x)} is a mask, not numbers`, 'cast it to i32, f32 or f64 first.');
    if (ties !== 'first' && ties !== 'last')
      fail('argmax/ties', `unknown tie rule '${ties}'`, "use 'first' or 'last'.");
    if (axes.some((axis) => x.shape[axis] === 0))
      fail(
        'argmax/empty',
        `axes [${axes}] of ${showType(x)} hold nothing to choose from`,
        'reduce over axes that are not empty.',
      );
    return { dtype: 'i32', shape: x.shape.filter((_, k) => !axes.includes(k)) };
  },
  kernel: ({ x: { data: x, shape } }, { axes, ties }, { data: y }) => {
    const strides = stridesOf(shape);
    const along = shape.map((size, k) => Int32Array.from({ length: size }, (_, i) => i * strides[k]!));
    const starts = sumsOf(along.filter((_, k) => !axes.includes(k)));
    const steps = sumsOf(axes.map((axis) => along[axis]!));
    for (let i = 0; i < y.length; i++) {
      const start = starts[i]!;
      let best = x[start]!;
      let at = 0;
      for (let j = 1; j < steps.length; j++) {
        const v = x[start + steps[j]!]!;
        if (v < best || !beats(v, best, ties)) continue;
        best = v;
        at = j;
      }
      y[i] = at;
    }
  },
  vjp: { x: nondiff('a position changes only in jumps') },
  degree: {},
  cases: (fc) =>
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32'),
          axes: fc.subarray(shape.map((_, k) => k)),
          ties: fc.constantFrom('first', 'last'),
        })
        .map(({ dtype, axes, ties }) => ({
          types: { x: { dtype, shape } },
          attributes: { axes, ties },
          // Integers tie often; floats never.
          ...(dtype === 'i32' ? {} : { draw: { x: { kind: 'distinct' } } }),
        })),
    ),
  reach: reducedReach,
  below: ({ x }, { axes }) => sizeOf(axes.map((axis) => x.shape[axis]!)),
  flops: ({ x }) => sizeOf(x.shape),
  example: (g) => argmax(g.input('x', f64(2, 3)), 1),
});

/** How `argmax` reduces. */
export interface ArgmaxOptions<Keep extends boolean = boolean> {
  /** Whether the axis stays, with size 1. */
  readonly keepDims?: Keep;
  /** Which of several equal maxima counts: the first unless told. */
  readonly ties?: 'first' | 'last';
}

/** i32 index of the greatest element along an axis, which vanishes. */
export const argmax: <S extends Shape, A extends number, Keep extends boolean = false>(
  x: Tensor<S> & Fits<ReduceShape<S, A, Keep>>,
  axis: A,
  options?: ArgmaxOptions<Keep>,
) => Tensor<Sized<ReduceShape<S, A, Keep>>, 'i32'> = frontDoor(
  'argmax',
  ['x'],
  (x: Tensor, axis: number, { keepDims = false, ties = 'first' }: ArgmaxOptions = {}) => {
    const axes = [normalizeAxis(x, axis)];
    const y = argmaxOp({ x }, { axes, ties });
    return keepDims ? reshape(y, keptShape(x.shape, axes)) : y;
  },
);
