import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import { sizeOf, stridesOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32, showType } from '../../../graph/type.ts';
import { full } from '../../constant/full.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { greaterEqual, less } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { or } from '../../pointwise/or.ts';
import { select } from '../../pointwise/select.ts';
import { reshape } from '../../shape/reshape.ts';

/**
 * Flat row-major positions of index tuples, one i32 tensor per axis, in a block of the given sizes, as `gather` and `scatter`
 * want them. Negative indices count from the end; what lies outside becomes a position that both refuse at run time.
 * Tensors that stand for an axis' own index (see `indexAlong`) need not be checked: `trusted`.
 */
export function flatPositions(
  indices: readonly { readonly at: Tensor; readonly trusted?: boolean }[],
  sizes: Shape,
): Tensor {
  const strides = stridesOf(sizes);
  let wrong: Tensor | undefined;
  let total: Tensor | undefined;
  indices.forEach(({ at, trusted = false }, k) => {
    const size = sizes[k]!;
    const wrapped: Tensor = trusted ? at : select(less(at, 0), add(at, size), at);
    const part: Tensor = strides[k] === 1 ? wrapped : mul(wrapped, strides[k]!);
    total = total === undefined ? part : add(total, part);
    if (trusted) return;
    const outside: Tensor = or(less(wrapped, 0), greaterEqual(wrapped, size));
    wrong = wrong === undefined ? outside : or(wrong, outside);
  });
  return wrong === undefined ? total! : select(wrong, -2, total!);
}

/** The index along one axis of a shape, as a tensor that broadcasts to it. */
export const indexAlong = (x: Tensor, shape: Shape, axis: number): Tensor =>
  reshape(
    iota(x.graph, i32(shape[axis]!), 0),
    shape.map((d, k) => (k === axis ? d : 1)),
  );

/** The place within a block of `inner` elements, for positions that name whole blocks: [..., 1] · inner + 0 … inner − 1. */
export function spread(at: Tensor, inner: Shape): Tensor {
  const size = sizeOf(inner);
  if (inner.length === 0) return at;
  const lead = [...at.shape, ...inner.map(() => 1)];
  const within = reshape(iota(at.graph, i32(size), 0), inner);
  const blocks: Tensor = reshape(at, lead);
  // A position that is refused stays one.
  return select(less(blocks, 0), full(at.graph, i32(), -2), add(mul(blocks, size), within) as Tensor);
}

/**
 * Refuses indices that are no integers.
 *
 * @throws CotangentError `index/dtype`.
 */
export function checkIndices(at: Tensor): void {
  if (at.dtype !== 'i32') fail('index/dtype', `the indices are ${showType(at)}`, "cast them: cast(at, 'i32').");
}
