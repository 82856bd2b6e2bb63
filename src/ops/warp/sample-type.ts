import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Shape, sameShape } from '../../graph/shape.ts';
import { showType, type Type } from '../../graph/type.ts';
import { checkInterpolation, highestOrder } from './interpolation.ts';
import { outsides } from './outside.ts';
import type { SampleAxis } from './sample.ts';
import type { SplatAttributes } from './splat.ts';

/** Inference of `sample`: x[B,C,…] at p[B,axes,M] is [B,C,M]. */
export function sampleType(x: Type, p: Type, axes: readonly SampleAxis[]): Type {
  const count = checkPositions(x, p, axes);
  if (x.shape.length !== axes.length + 2)
    fail(
      'sample/rank',
      `x is ${showType(x)}, sampled along ${axes.length} axes`,
      `give x ${axes.length + 2} axes: batch, channels, and those that are sampled.`,
    );
  return { dtype: x.dtype, shape: [x.shape[0]!, x.shape[1]!, count] };
}

/** Inference of `splat`: x[B,C,M] at p[B,axes,M] is [B,C,…size]. */
export function splatType(x: Type, p: Type, { axes, size }: SplatAttributes): Type {
  const count = checkPositions(x, p, axes);
  if (x.shape.length !== 3 || x.shape[2] !== count)
    fail(
      'splat/values',
      `x is ${showType(x)}, p is ${showType(p)}`,
      `make x [batch, channels, ${count}]: a value per position.`,
    );
  if (!isShape(size) || size.length !== axes.length)
    fail('splat/size', `[${String(size)}] are no sizes of ${axes.length} axes`, 'give one whole size per axis.');
  return { dtype: x.dtype, shape: [x.shape[0]!, x.shape[1]!, ...size] };
}

const isShape = (size: Shape): boolean => size.every((d) => Number.isSafeInteger(d) && d >= 0);

/** How many positions p[B,axes,M] holds; refuses positions that do not fit x's batch and the axes. */
function checkPositions(x: Type, p: Type, axes: readonly SampleAxis[]): number {
  if (!isFloat(x.dtype) || x.dtype !== p.dtype)
    fail('sample/dtype', `x is ${x.dtype}, p is ${p.dtype}`, 'cast both to f32, or both to f64.');
  axes.forEach(checkAxis);
  const [batch, , count] = [x.shape[0], x.shape[1], p.shape[2] ?? 0];
  if (axes.length === 0 || x.shape.length < 2 || !sameShape(p.shape, [batch!, axes.length, count]))
    fail(
      'sample/positions',
      `x is ${showType(x)}, p is ${showType(p)}`,
      `make p [${batch ?? 'batch'}, ${axes.length || 'axes'}, positions]: one coordinate per sampled axis.`,
    );
  return count;
}

function checkAxis({ kernel, order, outside }: SampleAxis): void {
  checkInterpolation(kernel);
  if (!Number.isSafeInteger(order) || order < 0 || order > highestOrder(kernel))
    fail(
      'sample/order',
      `${JSON.stringify(kernel)} interpolation cannot be differentiated ${String(order)} times`,
      `use an order from 0 to ${highestOrder(kernel)}; beyond that the derivative is zero.`,
    );
  if (!outsides.includes(outside))
    fail('sample/outside', `unknown outside '${String(outside)}'`, `use one of ${outsides.join(', ')}.`);
}
