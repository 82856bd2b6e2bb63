import { fail } from '../../graph/error.ts';
import { sameShape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { full } from '../constant/full.ts';
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
    return { a: full(b.graph, b, a), b };
  }
  if (typeof b === 'number') return { a, b: full(a.graph, a, b) };
  if (sameShape(a.shape, b.shape)) return { a, b };
  const shape = broadcastShapes(name, a, b);
  return { a: broadcastTo(a, shape), b: broadcastTo(b, shape) };
}
