/**
 * What stands outside an axis that is sampled; the words of `pad`.
 *
 * - `zero`: nothing;
 * - `replicate`: the end elements;
 * - `reflect`: the axis mirrored at its end elements, which are not repeated;
 * - `symmetric`: the axis mirrored at its ends, half an element beyond the end elements.
 */
export type Outside = 'zero' | 'replicate' | 'reflect' | 'symmetric';

/** All of them. */
export const outsides: readonly Outside[] = ['zero', 'replicate', 'reflect', 'symmetric'];

/**
 * Where the element at a position outside an axis of `size` elements stands inside it; whole positions give whole ones.
 * Where nothing stands, the position itself: it is still outside, or not a number.
 */
export function inside(at: number, size: number, outside: Outside): number {
  switch (outside) {
    case 'zero':
      return at;
    case 'replicate':
      return Math.min(Math.max(at, 0), size - 1);
    case 'reflect':
      return size === 1 ? 0 : fold(at, size - 1);
    case 'symmetric':
      return Math.min(Math.max(fold(at + 0.5, size) - 0.5, 0), size - 1);
  }
}

/** A real number mirrored at 0 and `span` until it lies between them. */
function fold(at: number, span: number): number {
  const offset = Math.abs(at) % (2 * span);
  return offset <= span ? offset : 2 * span - offset;
}
