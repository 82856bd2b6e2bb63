import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, sameShape, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { sumOp } from '../reduce/sum.ts';
import { refuse } from '../refuse.ts';
import type { BroadcastTo } from '../types/broadcast.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { reshape } from './reshape.ts';
import { copyStrided } from './strided.ts';

export interface BroadcastAttributes {
  readonly shape: Shape;
  /** Where each axis of x goes; increasing. */
  readonly axes: readonly number[];
}

/** The record of `broadcast`, the adjoint of `sum`. `broadcastTo` is the friendly form. */
export const broadcastOp: Op<'x', BroadcastAttributes> = defineOp('broadcast', {
  doc: 'x repeated along new axes: axis k of x becomes axis axes[k] of `shape`, of the same size; x does not vary along the others.',
  infer: ({ x }, { shape, axes }) => {
    if (
      axes.length !== x.shape.length ||
      !axes.every((axis, k) => Number.isInteger(axis) && axis > (axes[k - 1] ?? -1))
    )
      fail(
        'broadcast/axes',
        `axes [${axes}] do not place the ${x.shape.length} axes of ${showType(x)}`,
        'give one increasing position per axis of x.',
      );
    const misfit = axes.findIndex((axis, k) => shape[axis] !== x.shape[k]);
    if (misfit >= 0)
      fail(
        'broadcast/sizes',
        `axis ${misfit} of ${showType(x)} has size ${x.shape[misfit]}, axis ${axes[misfit]} of [${shape}] has ${shape[axes[misfit]!] ?? 'no size'}`,
        'give the target the same size there; broadcastTo also repeats axes of size 1.',
      );
    return { dtype: x.dtype, shape };
  },
  kernel: ({ x }, { shape, axes }, y) => {
    const strides = shape.map(() => 0);
    stridesOf(x.shape).forEach((stride, k) => {
      strides[axes[k]!] = stride;
    });
    copyStrided(shape, x.data, { offset: 0, strides }, y.data, { offset: 0, strides: stridesOf(shape) });
  },
  vjp: {
    x: ({ ct }, { axes }) => sumOp({ x: ct }, { axes: ct.shape.map((_, k) => k).filter((k) => !axes.includes(k)) }),
  },
  degree: { x: 1 },
  irrelevant: { shape: 'the cotangent has it' },
  simplify: ({ x }, { shape, axes }) => {
    if (axes.length === shape.length) return x;
    if (x.uniform !== undefined) return x.uniform;
    if (x.op !== broadcastOp) return undefined;
    const inner = (x.attributes as BroadcastAttributes).axes;
    return { inputs: x.inputs, attributes: { shape, axes: inner.map((axis) => axes[axis]!) } };
  },
  cases: (fc) =>
    caseShape(fc, { max: 4 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'),
          axes: fc.subarray(shape.map((_, k) => k)),
        })
        .map(({ dtype, axes }) => ({
          types: { x: { dtype, shape: axes.map((axis) => shape[axis]!) } },
          attributes: { shape, axes },
        })),
    ),
  reach: (_, { axes }) => ({ x: { kind: 'axes', axes: axes.map((axis) => along(axis)) } }),
  flops: () => 0,
  example: (g) => broadcastOp({ x: g.input('x', f64(3)) }, { shape: [2, 3, 4], axes: [1] }),
});

/**
 * x repeated to `shape` as NumPy does: new axes in front, axes of size 1 repeated. x itself where it has that shape.
 *
 * @throws CotangentError `broadcast/target` where a size of x is neither 1 nor the wanted one.
 */
export const broadcastTo: <S extends Shape, D extends DType, const T extends Shape>(
  x: Tensor<S, D>,
  shape: T & Fits<BroadcastTo<S, T>>,
) => Tensor<Sized<BroadcastTo<S, T>>, D> = frontDoor('broadcastTo', ['x'], (x: Tensor, shape: Shape) => {
  if (sameShape(x.shape, shape)) return x;
  const lead = shape.length - x.shape.length;
  if (lead < 0 || !x.shape.every((d, k) => d === 1 || d === shape[lead + k]))
    refuse(
      'broadcast/target',
      { x: x.shape, target: shape },
      'aligned at the last axis, each size of x must be 1 or the wanted one; sum over axes that are to go.',
    );
  const kept = x.shape.map((_, k) => k).filter((k) => x.shape[k] === shape[lead + k]);
  const squeezed = reshape(
    x,
    kept.map((k) => x.shape[k]!),
  );
  return broadcastOp({ x: squeezed }, { shape: [...shape], axes: kept.map((k) => lead + k) });
});
