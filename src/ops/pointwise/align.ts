import { fail } from '../../graph/error.ts';
import { sameShape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType } from '../../graph/type.ts';
import { full, holds } from '../constant/full.ts';
import { withCures } from '../cures.ts';
import { broadcastTo } from '../shape/broadcast.ts';
import { broadcastShapes } from '../shape/broadcast-shapes.ts';
import type { Operand } from '../types/operand.ts';

/** Both operands in their common shape, as NumPy broadcasts; a number takes the other operand's type. */
export function align(name: string, a: Operand, b: Operand): { readonly a: Tensor; readonly b: Tensor } {
  if (typeof a === 'number') {
    if (typeof b === 'number')
      fail(
        'pointwise/numbers',
        `${name}(${a}, ${b}) has no tensor`,
        'compute with numbers, or make one operand a tensor.',
      );
    return { a: filled(a, b), b };
  }
  if (typeof b === 'number') return { a, b: filled(b, a) };
  if (sameShape(a.shape, b.shape)) return { a, b };
  const shape = withCures({ a, b }, () => broadcastShapes(a, b));
  return { a: broadcastTo(a, shape), b: broadcastTo(b, shape) };
}

/** A tensor of t's type that is full of the number. */
function filled(value: number, t: Tensor): Tensor {
  if (!holds(t.dtype, value))
    fail('pointwise/number', `${value} does not fit ${showType(t)}`, 'cast the tensor to f32 or f64 first.');
  return full(t.graph, t, value);
}
