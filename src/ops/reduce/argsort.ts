import { fail } from '../../graph/error.ts';
import { nondiff, type Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import type { Fits } from '../types/fits.ts';
import type { AlongAxis } from '../types/reduce-shape.ts';
import { checkAxes, normalizeAxis } from './axes.ts';

export interface ArgsortAttributes {
  readonly axis: number;
  readonly descending: boolean;
}

/** The record of `argsort`. */
export const argsortOp: Op<'x', ArgsortAttributes> = defineOp('argsort', {
  doc: 'i32 positions that put each line along `axis` in order, least first (`descending`: greatest first). Equal elements keep their order; NaN is greater than every number.',
  infer: ({ x }, { axis }) => {
    checkAxes(x, [axis]);
    if (x.dtype === 'bool')
      fail('argsort/dtype', `${showType(x)} is a mask, not numbers`, 'cast it to i32, f32 or f64 first.');
    return { dtype: 'i32', shape: x.shape };
  },
  kernel: ({ x: { data: x, shape } }, { axis, descending }, { data: y }) => {
    const [size, stride] = [shape[axis]!, stridesOf(shape)[axis]!];
    const sign = descending ? -1 : 1;
    const order = new Int32Array(size);
    for (let outer = 0; outer < y.length; outer += size * stride)
      for (let start = outer; start < outer + stride; start++) {
        for (let k = 0; k < size; k++) order[k] = k;
        order.sort((a, b) => sign * compare(x[start + a * stride]!, x[start + b * stride]!) || a - b);
        for (let k = 0; k < size; k++) y[start + k * stride] = order[k]!;
      }
  },
  vjp: { x: nondiff('a position changes only in jumps') },
  degree: {},
  cases: (fc) =>
    caseShape(fc, { min: 1 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f32', 'i32'),
          axis: fc.nat(shape.length - 1),
          descending: fc.boolean(),
        })
        // Integers tie often.
        .map(({ dtype, ...attributes }) => ({ types: { x: { dtype, shape } }, attributes })),
    ),
  reach: ({ x }, { axis }) => ({
    x: { kind: 'axes', axes: x.shape.map((_, k) => (k === axis ? { kind: 'all' } : along(k))) },
  }),
  flops: ({ x }, { axis }) => sizeOf(x.shape) * Math.ceil(Math.log2(Math.max(2, x.shape[axis]!))),
  example: (g) => argsort(g.input('x', f64(2, 3)), 1),
});

/** Which comes first of two numbers; NaN after all others. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How `argsort` and its kin order. */
export interface SortOptions {
  /** Whether the greatest comes first. */
  readonly descending?: boolean;
}

/** i32 positions along an axis that put x in order there; equal elements keep their order. */
export const argsort: <S extends Shape, A extends number>(
  x: Tensor<S> & Fits<AlongAxis<S, A>>,
  axis: A,
  options?: SortOptions,
) => Tensor<S, 'i32'> = frontDoor(
  'argsort',
  ['x'],
  (x: Tensor, axis: number, { descending = false }: SortOptions = {}) =>
    argsortOp({ x }, { axis: normalizeAxis(x, axis), descending }),
);
