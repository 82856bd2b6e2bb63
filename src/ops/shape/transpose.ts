import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { refuse } from '../refuse.ts';
import { typed } from '../typed.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { TransposeShape } from '../types/transpose-shape.ts';
import { copyStrided } from './strided.ts';

export interface TransposeAttributes {
  /** Axis k of the result is axis permutation[k] of x. */
  readonly permutation: readonly number[];
}

/** The record of `transpose`. */
export const transposeOp: Op<'x', TransposeAttributes> = defineOp('transpose', {
  doc: 'x with its axes permuted: axis k of the result is axis permutation[k] of x.',
  infer: ({ x }, { permutation }) => {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (permutation.length !== x.shape.length || !sorted.every((axis, k) => axis === k))
      refuse(
        'transpose/permutation',
        { permutation, x: x.shape },
        `name each of the axes 0 to ${x.shape.length - 1} once.`,
      );
    return { dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis]!) };
  },
  kernel: ({ x }, { permutation }, y) => {
    const strides = stridesOf(x.shape);
    const from = { offset: 0, strides: permutation.map((axis) => strides[axis]!) };
    copyStrided(y.shape, x.data, from, y.data, { offset: 0, strides: stridesOf(y.shape) });
  },
  vjp: {
    x: ({ ct }, { permutation }) =>
      transpose(
        ct,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
  },
  degree: { x: 1 },
  simplify: ({ x }, { permutation }) => {
    if (permutation.every((axis, k) => axis === k)) return x;
    if (x.uniform !== undefined) return x.uniform;
    if (x.op !== transposeOp) return undefined;
    const inner = (x.attributes as TransposeAttributes).permutation;
    return { inputs: x.inputs, attributes: { permutation: permutation.map((axis) => inner[axis]!) } };
  },
  cases: (fc) =>
    caseShape(fc, { max: 4 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'),
          permutation: fc.shuffledSubarray(
            shape.map((_, k) => k),
            { minLength: shape.length },
          ),
        })
        .map(({ dtype, permutation }) => ({ types: { x: { dtype, shape } }, attributes: { permutation } })),
    ),
  reach: ({ x }, { permutation }) => ({
    x: { kind: 'axes', axes: x.shape.map((_, axis) => along(permutation.indexOf(axis))) },
  }),
  flops: () => 0,
  onnx: ({ permutation }) => ({ op: 'Transpose', attributes: { perm: permutation } }),
  example: (g) => transpose(g.input('x', f64(2, 3, 4)), [2, 0, 1]),
});

/** x with its axes permuted: axis k of the result is axis permutation[k] of x; without a permutation, all reversed. */
export const transpose: <S extends Shape, D extends DType, const P extends Shape | undefined = undefined>(
  x: Tensor<S, D> & Fits<TransposeShape<S, P>>,
  permutation?: P,
) => Tensor<Sized<TransposeShape<S, P>>, D> = typed((x: Tensor, permutation?: Shape) => {
  const axes = permutation ?? x.shape.map((_, k) => x.shape.length - 1 - k);
  return transposeOp({ x }, { permutation: [...axes] });
});
