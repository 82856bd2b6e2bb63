import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { broadcastOp } from '../shape/broadcast.ts';
import { reshape } from '../shape/reshape.ts';
import { walk } from '../shape/strided.ts';
import { checkAxes, normalizeAxes, type ReduceFunction, type ReduceOptions, reducedReach } from './axes.ts';

export interface SumAttributes {
  /** Increasing. */
  readonly axes: readonly number[];
}

/** The record of `sum`, the adjoint of `broadcast`. */
export const sumOp: Op<'x', SumAttributes> = defineOp('sum', {
  doc: 'The sum over the given axes, which vanish; 0 over an axis of size 0.',
  infer: ({ x }, { axes }) => {
    checkAxes(x, axes);
    if (x.dtype === 'bool')
      fail('sum/dtype', `${showType(x)} is a mask, not numbers`, 'cast it to i32, f32 or f64 first.');
    return { dtype: x.dtype, shape: x.shape.filter((_, k) => !axes.includes(k)) };
  },
  kernel: ({ x, x: { data, shape } }, { axes }, y) => {
    const total = y.dtype === 'f32' ? new Float64Array(y.data.length) : y.data;
    const kept = stridesOf(y.shape).values();
    const strides = shape.map((_, k) => (axes.includes(k) ? 0 : kept.next().value!));
    walk(x.shape, { offset: 0, strides: stridesOf(shape) }, { offset: 0, strides }, (p, q, n, pStep, qStep) => {
      if (qStep === 0) {
        let s = total[q]!;
        for (let i = 0; i < n; i++) s += data[p + i * pStep]!;
        total[q] = s;
      } else for (let i = 0; i < n; i++) total[q + i * qStep]! += data[p + i * pStep]!;
    });
    if (total !== y.data) y.data.set(total);
  },
  vjp: {
    x: ({ x, ct }, { axes }) =>
      broadcastOp({ x: ct }, { shape: x.shape, axes: x.shape.map((_, k) => k).filter((k) => !axes.includes(k)) }),
  },
  degree: { x: 1 },
  cases: (fc) =>
    caseShape(fc, { max: 4 }).chain((shape) =>
      fc
        .record({ dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32'), axes: fc.subarray(shape.map((_, k) => k)) })
        .map(({ dtype, axes }) => ({ types: { x: { dtype, shape } }, attributes: { axes } })),
    ),
  reach: reducedReach,
  flops: ({ x }) => sizeOf(x.shape),
  onnx: ({ axes }) => ({ op: 'ReduceSum', attributes: { axes, keepdims: 0 } }),
  example: (g) => sum(g.input('x', f64(2, 3, 4)), { axes: [0, 2] }),
});

/** The sum over `axes` (all by default); `keepDims` leaves them with size 1. */
export const sum: ReduceFunction = frontDoor(
  'sum',
  ['x'],
  (x: Tensor, { axes, keepDims = false }: ReduceOptions = {}) => {
    const over = normalizeAxes(x, axes);
    const y = over.length === 0 ? x : sumOp({ x }, { axes: over });
    return keepDims ? reshape(y, keptShape(x.shape, over)) : y;
  },
);

/** The shape with the axes that were reduced at size 1. */
export const keptShape = (shape: Shape, axes: readonly number[]): number[] =>
  shape.map((d, k) => (axes.includes(k) ? 1 : d));
