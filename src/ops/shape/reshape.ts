import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import { type Shape, sameShape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { refuse } from '../refuse.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ReshapeShape } from '../types/reshape-shape.ts';

export interface ReshapeAttributes {
  readonly shape: Shape;
}

/** The record of `reshape`. */
export const reshapeOp: Op<'x', ReshapeAttributes> = defineOp('reshape', {
  doc: 'The same elements in the same row-major order under other dimensions.',
  infer: ({ x }, { shape }) => {
    if (sizeOf(shape) !== sizeOf(x.shape) || !shape.every((d) => Number.isInteger(d) && d >= 0))
      refuse(
        'reshape/size',
        { x: x.shape, have: sizeOf(x.shape), shape, want: sizeOf(shape) },
        'choose dimensions with the same product; one of them may be −1 in reshape(), to be worked out.',
      );
    return { dtype: x.dtype, shape };
  },
  kernel: ({ x }, _, y) => {
    y.data.set(x.data);
  },
  vjp: { x: ({ x, ct }) => reshape(ct, x.shape) },
  degree: { x: 1 },
  irrelevant: { shape: 'the cotangent has it; the rule goes back to the shape of x' },
  simplify: ({ x }, { shape }) => {
    if (sameShape(x.shape, shape)) return x;
    if (x.uniform !== undefined) return x.uniform;
    return x.op === reshapeOp ? { inputs: x.inputs, attributes: { shape } } : undefined;
  },
  cases: (fc) =>
    caseShape(fc, { max: 4 }).chain((shape) =>
      fc
        .record({ dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'), other: regrouped(fc, shape) })
        .map(({ dtype, other }) => ({ types: { x: { dtype, shape } }, attributes: { shape: other } })),
    ),
  reach: () => ({ x: { kind: 'position' } }),
  flops: () => 0,
  onnx: ({ shape }) => ({ op: 'Reshape', attributes: { shape } }),
  example: (g) => reshape(g.input('x', f64(2, 6)), [3, 4]),
});

/** Other shapes with as many elements: axes merged at random places, or reversed. */
const regrouped: (fc: Parameters<typeof caseShape>[0], shape: Shape) => ReturnType<typeof caseShape> = (fc, shape) =>
  fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }).map((joins) => {
    const groups: number[] = [];
    shape.forEach((d, k) => {
      if (joins[k] && groups.length > 0) groups[groups.length - 1]! *= d;
      else groups.push(d);
    });
    return groups.reverse();
  });

/**
 * The same elements under other dimensions; one of them may be −1, to be worked out.
 *
 * @throws CotangentError `reshape/size` or `reshape/rest` when the numbers of elements differ.
 */
export const reshape: <S extends Shape, D extends DType, const T extends Shape>(
  x: Tensor<S, D>,
  shape: T & Fits<ReshapeShape<S, T>>,
) => Tensor<Sized<ReshapeShape<S, T>>, D> = frontDoor('reshape', ['x'], (x: Tensor, shape: Shape) => {
  const free = shape.indexOf(-1);
  const rest = shape.reduce((product, d, k) => (k === free ? product : product * d), 1);
  const full: Shape = free < 0 ? shape : shape.map((d, k) => (k === free ? sizeOf(x.shape) / rest : d));
  if (free >= 0 && !Number.isInteger(full[free]))
    refuse(
      'reshape/rest',
      { x: x.shape, have: sizeOf(x.shape), shape },
      'choose the other dimensions so that their product divides it.',
    );
  return sameShape(x.shape, full) ? x : reshapeOp({ x }, { shape: [...full] });
});
