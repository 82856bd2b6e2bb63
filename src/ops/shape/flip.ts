import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import type { Axis } from '../reduce/axes.ts';
import { checkAxes, normalizeAxes } from '../reduce/axes.ts';
import type { Fits } from '../types/fits.ts';
import type { NamedAxes } from '../types/reduce-shape.ts';
import { copyStrided } from './strided.ts';

export interface FlipAttributes {
  /** Increasing. */
  readonly axes: readonly number[];
}

/** The record of `flip`. */
export const flipOp: Op<'x', FlipAttributes> = defineOp('flip', {
  doc: 'x with the order of its elements reversed along the given axes.',
  infer: ({ x }, { axes }) => {
    checkAxes(x, axes);
    return x;
  },
  kernel: ({ x }, { axes }, y) => {
    const strides = stridesOf(x.shape);
    const from = {
      offset: axes.reduce((sum, axis) => sum + strides[axis]! * (x.shape[axis]! - 1), 0),
      strides: strides.map((stride, k) => (axes.includes(k) ? -stride : stride)),
    };
    copyStrided(x.shape, x.data, from, y.data, { offset: 0, strides });
  },
  vjp: { x: ({ ct }, { axes }) => flip(ct, axes) },
  degree: { x: 1 },
  simplify: ({ x }, { axes }) => {
    if (axes.every((axis) => x.shape[axis]! <= 1)) return x;
    if (x.uniform !== undefined) return x.uniform;
    if (x.op !== flipOp) return undefined;
    const inner = (x.attributes as FlipAttributes).axes;
    const odd = x.shape.map((_, k) => k).filter((k) => axes.includes(k) !== inner.includes(k));
    return { inputs: x.inputs, attributes: { axes: odd } };
  },
  cases: (fc) =>
    caseShape(fc, { max: 4 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'),
          axes: fc.subarray(shape.map((_, k) => k)),
        })
        .map(({ dtype, axes }) => ({ types: { x: { dtype, shape } }, attributes: { axes } })),
    ),
  reach: ({ x }, { axes }) => ({
    x: {
      kind: 'axes',
      axes: x.shape.map((size, axis) => along(axis, axes.includes(axis) ? { stride: -1, lo: 1 - size } : {})),
    },
  }),
  flops: () => 0,
  example: (g) => flip(g.input('x', f64(2, 3)), [1]),
});

/** x reversed along the given axes; negative ones count from the end. */
export const flip: <S extends Shape, D extends DType, const A extends Axis>(
  x: Tensor<S, D> & Fits<NamedAxes<S, A>>,
  axes: A,
) => Tensor<S, D> = frontDoor('flip', ['x'], (x: Tensor, axes: Axis) =>
  flipOp({ x }, { axes: normalizeAxes(x, axes) }),
);
