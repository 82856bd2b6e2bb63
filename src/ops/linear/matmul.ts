import type { DType } from '../../graph/dtype.ts';
import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, sameShape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { caseShape, caseSize } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { refuse } from '../refuse.ts';
import { broadcastTo } from '../shape/broadcast.ts';
import { broadcastShapes } from '../shape/broadcast-shapes.ts';
import { reshape } from '../shape/reshape.ts';
import { transpose } from '../shape/transpose.ts';
import type { SameDType } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { MatmulShape } from '../types/matmul-shape.ts';

/** The record of `matmul`. */
export const matmulOp: Op<'a' | 'b'> = defineOp('matmul', {
  doc: 'Matrix products y[…, m, n] = Σₖ a[…, m, k] · b[…, k, n]; the leading axes are equal.',
  infer: ({ a, b }) => {
    if (a.shape.length < 2 || b.shape.length < 2)
      fail(
        'matmul/matrix',
        `${showType(a)} and ${showType(b)} are not both matrices`,
        'reshape vectors to matrices, as matmul() does.',
      );
    checkMatrices(a, b);
    const [lead, other] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    if (!sameShape(lead, other))
      fail(
        'matmul/lead',
        `the leading axes of ${showType(a)} and ${showType(b)} differ`,
        'broadcast them first, as matmul() does.',
      );
    return { dtype: a.dtype, shape: [...lead, a.shape.at(-2)!, b.shape.at(-1)!] };
  },
  kernel: ({ a, b, a: { data: left }, b: { data: right } }, _, y) => {
    const [m, k] = a.shape.slice(-2) as [number, number];
    const n = b.shape.at(-1)!;
    const row = new Float64Array(n);
    for (let i = 0; i * n < y.data.length; i++) {
      const matrix = Math.floor(i / m) * k * n;
      row.fill(0);
      for (let p = 0; p < k; p++) {
        const factor = left[i * k + p]!;
        const from = matrix + p * n;
        for (let j = 0; j < n; j++) row[j]! += factor * right[from + j]!;
      }
      y.data.set(row, i * n);
    }
  },
  vjp: {
    a: ({ b, ct }) => matmul(ct, flipMatrix(b)),
    b: ({ a, ct }) => matmul(flipMatrix(a), ct),
  },
  degree: { a: 1, b: 1 },
  cases: (fc) =>
    fc
      .record({
        dtype: fc.constantFrom('f64', 'f64', 'f64', 'f32'),
        lead: caseShape(fc, { max: 2 }),
        m: caseSize(fc),
        k: caseSize(fc),
        n: caseSize(fc),
      })
      .map(({ dtype, lead, m, k, n }) => ({
        types: { a: { dtype, shape: [...lead, m, k] }, b: { dtype, shape: [...lead, k, n] } },
        attributes: {},
      })),
  reach: ({ y }) => {
    const last = y.shape.length - 1;
    const lead = y.shape.slice(0, -2).map((_, axis) => along(axis));
    return {
      a: { kind: 'axes', axes: [...lead, along(last - 1), { kind: 'all' }] },
      b: { kind: 'axes', axes: [...lead, { kind: 'all' }, along(last)] },
    };
  },
  flops: ({ a, y }) => 2 * sizeOf(y.shape) * a.shape.at(-1)!,
  multiplyAdds: ({ a, y }) => {
    const count = sizeOf(y.shape) * a.shape.at(-1)!;
    return { exact: count, formula: count };
  },
  onnx: () => ({ op: 'MatMul', attributes: {} }),
  example: (g) => matmul(g.input('a', f64(2, 3)), g.input('b', f64(3, 4))),
});

/** Each matrix transposed. */
function flipMatrix(x: Tensor): Tensor {
  const rank = x.shape.length;
  return transpose(
    x,
    [...x.shape.keys()].map((k) => (k < rank - 2 ? k : 2 * rank - 3 - k)),
  );
}

function checkMatrices(a: Type, b: Type): void {
  const shown = { a: a.shape, b: b.shape };
  if (a.shape.length === 0 || b.shape.length === 0)
    refuse('matmul/rank', shown, 'multiply by a scalar with mul(), or reshape it to a vector.');
  const [m, n] = [a.shape.at(-1)!, b.shape.length === 1 ? b.shape[0]! : b.shape.at(-2)!];
  if (m !== n) refuse('matmul/inner', { ...shown, m, n }, 'make the last axis of a as long as the last but one of b.');
  if (a.dtype !== b.dtype || !isFloat(a.dtype))
    fail(
      'matmul/dtype',
      `${showType(a)} and ${showType(b)} are not floats of one dtype`,
      'cast both to f32 or both to f64.',
    );
}

/**
 * Matrix products of the last two axes; the leading ones broadcast like NumPy. A vector on the left is a row, one on the right
 * a column, and has no axis in the result.
 */
export const matmul: <A extends Shape, B extends Shape, D extends DType, E extends DType>(
  a: Tensor<A, D>,
  b: Tensor<B, E> & SameDType<D, E> & Fits<MatmulShape<A, B>>,
) => Tensor<Sized<MatmulShape<A, B>>, D & E> = frontDoor('matmul', ['a', 'b'], (a: Tensor, b: Tensor) => {
  checkMatrices(a, b);
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  const product = ofMatrices(row ? reshape(a, [1, ...a.shape]) : a, column ? reshape(b, [...b.shape, 1]) : b);
  if (!row && !column) return product;
  const shape = column ? product.shape.slice(0, -1) : product.shape;
  return reshape(product, row ? shape.toSpliced(column ? -1 : -2, 1) : shape);
});

function ofMatrices(a: Tensor, b: Tensor): Tensor {
  const [p, q] = [a, b].map((t) => ({ dtype: t.dtype, shape: t.shape.slice(0, -2) }));
  const lead = broadcastShapes(p!, q!);
  return matmulOp(
    { a: broadcastTo(a, [...lead, ...a.shape.slice(-2)]), b: broadcastTo(b, [...lead, ...b.shape.slice(-2)]) },
    {},
  );
}
