import { showType, type Type } from '../../graph/type.ts';
import { refuse } from '../refuse.ts';

/**
 * The shape that two operands broadcast to, as in NumPy: aligned at the last axis, equal or 1 on each.
 *
 * @throws CotangentError `broadcast/shapes` naming both types and the sizes that differ.
 */
export function broadcastShapes(a: Type, b: Type): number[] {
  const rank = Math.max(a.shape.length, b.shape.length);
  // From the last axis, where the shapes are aligned, as the compiler does: both then name the same sizes.
  const reversed = Array.from({ length: rank }, (_, back) => {
    const m = a.shape[a.shape.length - 1 - back] ?? 1;
    const n = b.shape[b.shape.length - 1 - back] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      refuse(
        'broadcast/shapes',
        { a: a.shape, b: b.shape, m, n },
        'make the sizes equal, or one of them 1; reshape moves axes into place.',
        `on axis ${-1 - back} of ${showType(a)} and ${showType(b)}`,
      );
    return m === 1 ? n : m;
  });
  return reversed.reverse();
}
