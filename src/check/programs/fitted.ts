import { isFloat } from '../../graph/dtype.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { add, cast, clip, concat, mul, notEqual, reshape, slice, tanh } from '../../ops/index.ts';
import { defaultDraw } from '../draw.ts';

/** Values are repeated at most so often to fill a larger operand. */
const mostCopies = 8;

/** The same numbers, some left out or repeated, as an operand of another type, in the domain that `draw` names. */
export function fitted(x: Tensor, type: Type, draw: Draw | undefined): Tensor | undefined {
  const shaped = inShape(x, type.shape);
  return shaped && inDomain(inDType(shaped, type), type, draw);
}

function inShape(x: Tensor, shape: readonly number[]): Tensor | undefined {
  const [from, to] = [sizeOf(x.shape), sizeOf(shape)];
  if (x.shape.length === shape.length && x.shape.every((d, k) => d === shape[k])) return x;
  if (from === to) return reshape(x, shape);
  if (from === 0 || to > mostCopies * from) return undefined;
  const flat = reshape(x, [from]);
  const copies = Math.max(1, Math.ceil(to / from));
  const enough = copies === 1 ? flat : (concat(Array<Tensor>(copies).fill(flat), 0) as Tensor);
  return reshape(enough.shape[0] === to ? enough : slice(enough, { starts: [0], limits: [to] }), shape);
}

function inDType(x: Tensor, { dtype }: Type): Tensor {
  if (x.dtype === dtype) return x;
  return dtype === 'bool' ? notEqual(x, 0) : (cast(x, dtype) as Tensor);
}

/** Operands that may not be anything are kept within their bounds: floats smoothly, others by cutting off. */
function inDomain(x: Tensor, type: Type, draw: Draw | undefined): Tensor {
  if (type.dtype === 'bool') return x;
  if (!isFloat(type.dtype)) {
    const bounds = draw ?? defaultDraw(type);
    return bounds.kind === 'integers' ? clip(x, bounds.low, bounds.high) : x;
  }
  if (draw?.kind !== 'range') return x;
  const [middle, half] = [(draw.low + draw.high) / 2, (draw.high - draw.low) / 2];
  return add(mul(tanh(x), 0.875 * half), middle);
}
