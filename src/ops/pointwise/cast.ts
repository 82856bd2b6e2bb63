import { type DType, dtypes } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';

export interface CastAttributes {
  readonly dtype: DType;
}

const onnxTypes: { readonly [D in DType]: number } = { f32: 1, i32: 6, bool: 9, f64: 11 };

/** The record of `cast`. */
export const castOp: Op<'x', CastAttributes> = defineOp('cast', {
  doc: 'x in another dtype. Floats become integers by truncation towards zero, out of range the nearest bound, NaN 0; anything but 0 is a true mask.',
  infer: ({ x }, { dtype }) => {
    if (!dtypes.includes(dtype)) fail('cast/dtype', `unknown dtype '${dtype}'`, `use one of ${dtypes.join(', ')}.`);
    return { dtype, shape: x.shape };
  },
  kernel: ({ x: { data: x } }, { dtype }, { data: y }) => {
    if (dtype === 'bool') for (let i = 0; i < y.length; i++) y[i] = x[i] === 0 ? 0 : 1;
    else if (dtype === 'i32')
      for (let i = 0; i < y.length; i++) y[i] = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, x[i]!));
    else for (let i = 0; i < y.length; i++) y[i] = x[i]!;
  },
  vjp: { x: ({ x, ct }) => cast(ct, x.dtype) },
  degree: { x: 1 },
  irrelevant: { dtype: 'the cotangent arrives in it; the rule casts back to the dtype of x' },
  simplify: ({ x }, { dtype }) => (x.dtype === dtype ? x : undefined),
  cases: (fc) =>
    fc
      .tuple(fc.constantFrom(...dtypes), fc.constantFrom(...dtypes), caseShape(fc))
      .map(([from, to, shape]) => ({ types: { x: { dtype: from, shape } }, attributes: { dtype: to } })),
  reach: eachElement,
  flops: () => 0,
  onnx: ({ dtype }) => ({ op: 'Cast', attributes: { to: onnxTypes[dtype] } }),
  example: (g) => cast(g.input('x', f64(2, 3)), 'f32'),
});

/** x in another dtype; x itself where it has that dtype. */
export const cast = <S extends Shape, D extends DType>(x: Tensor<S>, dtype: D): Tensor<S, D> =>
  // Inference keeps the shape and sets the dtype.
  (x.dtype === dtype ? x : castOp({ x }, { dtype })) as Tensor<S, D>;
