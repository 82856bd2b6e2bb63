import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { greater, greaterEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** What `shrink` takes away. */
export interface ShrinkOptions {
  /** Up to this magnitude the result is 0; ½ unless given. */
  readonly lambda?: number;
  /** What larger magnitudes lose: 0 unless given. */
  readonly bias?: number;
}

/**
 * 0 for |x| ≤ lambda, elsewhere x moved towards 0 by the bias. Without a bias it is PyTorch's hardshrink, with bias = lambda
 * softshrink. Its derivatives at ±lambda are taken as 0; where it jumps there (bias ≠ lambda) they are those of the value taken.
 *
 * @throws CotangentError `activation/bounds` for a negative lambda.
 */
export const shrink: <S extends Shape, D extends DType>(x: Tensor<S, D>, options?: ShrinkOptions) => Tensor<S, D> =
  typed((x: Tensor, { lambda = 0.5, bias = 0 }: ShrinkOptions = {}) =>
    composite('shrink', { x }, () => {
      if (!(lambda >= 0)) fail('activation/bounds', `lambda is ${lambda}`, 'give a lambda of at least 0.');
      const moved = (by: number, f: typeof add): Tensor => (by === 0 ? x : f(x, by));
      const low: Tensor = select(greaterEqual(x, -lambda), 0, moved(bias, add));
      return select(greater(x, lambda), moved(bias, sub), low);
    }),
  );
