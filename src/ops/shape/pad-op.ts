import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { stridesOf } from '../../graph/shape.ts';
import { f64, showType } from '../../graph/type.ts';
import { caseSize } from '../case-shape.ts';
import { holds } from '../constant/full.ts';
import { defineOp } from '../define.ts';
import { refuse } from '../refuse.ts';
import { sliceOp } from './slice.ts';
import { copyStrided } from './strided.ts';

/** Per axis: elements before, after and between; negative `lo` and `hi` crop. `value` is what the new elements hold. */
export interface PadAttributes {
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  readonly interior: readonly number[];
  readonly value: number;
}

/** The record of `pad`; with `slice` it is closed under differentiation. */
export const padOp: Op<'x', PadAttributes> = defineOp('pad', {
  doc: 'x with `interior` elements between neighbours and lo and hi elements around them, all equal to `value`; negative lo and hi crop.',
  infer: ({ x }, { lo, hi, interior, value }) => {
    for (const list of [lo, hi, interior])
      if (list.length !== x.shape.length)
        refuse(
          'pad/axes',
          { x: x.shape, rank: x.shape.length, given: list.length },
          'give padding for each dimension, 0 where there is none.',
        );
    if (![...lo, ...hi, ...interior].every(Number.isInteger) || interior.some((d) => d < 0))
      fail(
        'pad/amount',
        `[${lo}], [${hi}] and [${interior}] are not whole`,
        'pad by whole numbers, between elements by at least 0.',
      );
    if (!holds(x.dtype, value))
      fail('pad/value', `${String(value)} cannot stand in ${showType(x)}`, 'pad with a value of the tensor’s dtype.');
    const shape = x.shape.map((size, axis) => {
      const padded = lo[axis]! + dilated(size, interior[axis]!) + hi[axis]!;
      if (padded < 0)
        refuse(
          'pad/crop',
          { x: x.shape, axis, lo: lo[axis]!, hi: hi[axis]!, left: padded },
          'crop by less than the axis holds.',
        );
      return padded;
    });
    return { dtype: x.dtype, shape };
  },
  kernel: ({ x }, { lo, interior, value }, y) => {
    if (value !== 0) y.data.fill(value);
    const [from, to] = [stridesOf(x.shape), stridesOf(y.shape)];
    // Per axis the run of x's elements that land inside y.
    const first = lo.map((low, k) => Math.max(0, Math.ceil(-low / (interior[k]! + 1))));
    const end = lo.map((low, k) => Math.min(x.shape[k]!, Math.ceil((y.shape[k]! - low) / (interior[k]! + 1))));
    const dot = (strides: readonly number[], index: readonly number[]) =>
      strides.reduce((sum, s, k) => sum + s * index[k]!, 0);
    copyStrided(
      end.map((e, k) => Math.max(0, e - first[k]!)),
      x.data,
      { offset: dot(from, first), strides: from },
      y.data,
      {
        offset: dot(
          to,
          lo.map((low, k) => low + first[k]! * (interior[k]! + 1)),
        ),
        strides: to.map((s, k) => s * (interior[k]! + 1)),
      },
    );
  },
  vjp: {
    x: ({ ct }, { lo, hi, interior }) => {
      // Undo lo and hi, where cropped by zeros: nothing of those elements arrived. Then pick every (interior + 1)st.
      const none = lo.map(() => 0);
      const whole = padOp({ x: ct }, { lo: lo.map((d) => -d), hi: hi.map((d) => -d), interior: none, value: 0 });
      return sliceOp({ x: whole }, { starts: none, limits: whole.shape, steps: interior.map((d) => d + 1) });
    },
  },
  degree: { x: 1 },
  irrelevant: { value: 'does not depend on x' },
  simplify: ({ x }, { lo, hi, interior }) =>
    x.shape.every((size, k) => lo[k] === 0 && hi[k] === 0 && (interior[k] === 0 || size <= 1)) ? x : undefined,
  cases: (fc) =>
    fc
      .record({
        dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32'),
        value: fc.constantFrom(0, 0, 3),
        axes: fc.array(
          caseSize(fc).chain((size) =>
            fc.nat(2).chain((interior) => {
              const least = -dilated(size, interior);
              return fc
                .integer({ min: Math.max(-2, least), max: 3 })
                .chain((lo) =>
                  fc
                    .integer({ min: Math.max(-2, least - Math.min(lo, 0)), max: 2 })
                    .map((hi) => ({ size, lo, hi, interior })),
                );
            }),
          ),
          { maxLength: 3 },
        ),
      })
      .map(({ dtype, value, axes }) => ({
        types: { x: { dtype, shape: axes.map((axis) => axis.size) } },
        attributes: {
          lo: axes.map((axis) => axis.lo),
          hi: axes.map((axis) => axis.hi),
          interior: axes.map((axis) => axis.interior),
          value,
        },
      })),
  reach: (_, { lo, interior }) => ({
    x: { kind: 'axes', axes: lo.map((before, axis) => along(axis, { lo: before, spread: interior[axis]! + 1 })) },
  }),
  flops: () => 0,
  example: (g) => padOp({ x: g.input('x', f64(2, 3)) }, { lo: [1, -1], hi: [0, 2], interior: [0, 1], value: 0 }),
});

/** Elements of an axis with `interior` more between neighbours. */
const dilated = (size: number, interior: number): number => (size === 0 ? 0 : size + (size - 1) * interior);
