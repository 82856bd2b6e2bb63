import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { numberType } from '../pointwise/same-type.ts';
import { shiftAlong } from '../shape/slice-along.ts';
import type { Fits } from '../types/fits.ts';
import type { AlongAxis } from '../types/reduce-shape.ts';
import { checkAxes, normalizeAxis } from './axes.ts';

export interface CumulativeSumAttributes {
  readonly axis: number;
  /** Whether to begin at the end. */
  readonly reverse: boolean;
}

/** The record of `cumulativeSum`, whose adjoint is the same in the other direction. */
export const cumulativeSumOp: Op<'x', CumulativeSumAttributes> = defineOp('cumulativeSum', {
  doc: 'Along `axis`, each element plus all before it (in reverse: all after it).',
  infer: ({ x }, { axis }) => {
    checkAxes(x, [axis]);
    return numberType({ x });
  },
  kernel: ({ x: { data: x, shape } }, { axis, reverse }, { data: y }) => {
    const [size, stride] = [shape[axis]!, stridesOf(shape)[axis]!];
    const step = reverse ? -stride : stride;
    for (let outer = 0; outer < y.length; outer += size * stride)
      for (let inner = 0; inner < stride; inner++) {
        let at = outer + inner + (reverse ? (size - 1) * stride : 0);
        let total = 0;
        for (let k = 0; k < size; k++, at += step) {
          total += x[at]!;
          y[at] = total;
        }
      }
  },
  vjp: { x: ({ ct }, { axis, reverse }) => cumulativeSumOp({ x: ct }, { axis, reverse: !reverse }) },
  degree: { x: 1 },
  cases: (fc) =>
    caseShape(fc, { min: 1 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32'),
          axis: fc.nat(shape.length - 1),
          reverse: fc.boolean(),
        })
        .map(({ dtype, ...attributes }) => ({ types: { x: { dtype, shape } }, attributes })),
    ),
  reach: ({ x }, { axis, reverse }) => {
    const size = x.shape[axis]!;
    const axes = x.shape.map((_, k) => along(k, k === axis ? { taps: size, lo: reverse ? 0 : size - 1 } : {}));
    return { x: { kind: 'axes', axes } };
  },
  flops: ({ x }) => sizeOf(x.shape),
  example: (g) => cumulativeSum(g.input('x', f64(2, 3)), 1),
});

/** Over what running sums and products go. */
export interface CumulativeOptions {
  /** Whether to begin at the end. */
  readonly reverse?: boolean;
  /** Whether an element's own value is left out. */
  readonly exclusive?: boolean;
}

/** Each element plus all before it along an axis; with `reverse`, all after it; with `exclusive`, without itself. */
export const cumulativeSum: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<AlongAxis<S, A>>,
  axis: A,
  options?: CumulativeOptions,
) => Tensor<S, D> = frontDoor(
  'cumulativeSum',
  ['x'],
  (x: Tensor, axis: number, { reverse = false, exclusive = false }: CumulativeOptions = {}) => {
    const at = normalizeAxis(x, axis);
    const summands = exclusive && x.shape[at]! > 0 ? shiftAlong(x, at, reverse ? -1 : 1, 0) : x;
    return cumulativeSumOp({ x: summands }, { axis: at, reverse });
  },
);
