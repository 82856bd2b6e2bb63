import { CotangentError } from '../graph/error.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { showType } from '../graph/type.ts';
import { stack } from '../ops/composite/stack.ts';
import { full } from '../ops/constant/full.ts';
import { reshape } from '../ops/shape/reshape.ts';
import { transpose } from '../ops/shape/transpose.ts';
import { basisLike } from '../ops/vector-space.ts';
import { jvp } from './jvp.ts';
import { vjp } from './vjp.ts';

/** Each row or column is a pass of its own over the graph; beyond this many, ask for products instead. */
const limit = 4096;

/**
 * The whole Jacobian ∂y/∂x, of shape [...y.shape, ...x.shape]: row by row in reverse mode, or column by column in
 * forward mode where x has fewer elements.
 *
 * @throws CotangentError `jacobian/size` beyond 4096 rows and columns.
 */
export function jacobian(y: Tensor, x: Tensor): Tensor {
  const [rows, columns] = [sizeOf(y.shape), sizeOf(x.shape)];
  if (Math.min(rows, columns) > limit)
    throw new CotangentError({
      code: 'jacobian/size',
      summary: `the Jacobian of ${showType(y)} by ${showType(x)} is ${rows} × ${columns}`,
      fix: `use vjp, jvp or hvp, which never form it; at most ${limit} rows or columns are formed.`,
    });
  const shape = [...y.shape, ...x.shape];
  if (rows * columns === 0) return full(y.graph, { dtype: y.dtype, shape }, 0);
  if (rows <= columns) {
    const pulled = Array.from({ length: rows }, (_, row) => vjp(y, x, basisLike(y, row)));
    return reshape(stack(pulled, 0), shape);
  }
  const pushed = Array.from({ length: columns }, (_, column) => jvp(y, x, basisLike(x, column)));
  return reshape(transpose(reshape(stack(pushed, 0), [columns, rows]), [1, 0]), shape);
}
